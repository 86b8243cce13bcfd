from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from demo.board import load_board
from demo.content import load_pages
from demo.elections import load_election
from demo.registrations import load_registrations
from demo.staff import load_staff
from demo.waiting import load_waiting
from demo.wishes import load_wishes
from petitions.models import Signature

SIGNATURES = 1200


class Command(BaseCommand):
    help = "Load the fictional demo content. Safe to run twice: only what is missing is made."

    def add_arguments(self, parser):
        parser.add_argument("--signatures", type=int, default=SIGNATURES)

    def handle(self, *args, **options):
        with transaction.atomic():  # A start that was interrupted begins anew.
            petition, forum = load_pages()
            load_staff()
            load_registrations(forum)
            load_waiting()
            load_wishes()
            missing = options["signatures"] - Signature.objects.filter(petition=petition).count()
            if missing > 0:
                call_command(
                    "generate_signatures", missing, petition=petition.pk, stdout=self.stdout
                )
            load_board(load_election())
        self.stdout.write("예시 내용을 준비했습니다.")
