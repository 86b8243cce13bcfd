from django.core.management import call_command
from django.core.management.base import BaseCommand

from demo.content import load_pages, load_staff
from petitions.models import Signature

SIGNATURES = 1200


class Command(BaseCommand):
    help = "Load the fictional demo content. Safe to run twice: only what is missing is made."

    def handle(self, *args, **options):
        petition = load_pages()
        load_staff()
        missing = SIGNATURES - Signature.objects.filter(petition=petition).count()
        if missing > 0:
            call_command("generate_signatures", missing, petition=petition.pk, stdout=self.stdout)
        self.stdout.write("예시 내용을 준비했습니다.")
