from django.core.management.base import BaseCommand, CommandError

from demo.signatures import Generator
from petitions.models import PetitionPage


class Command(BaseCommand):
    help = "Add generated, fictional signatures to a petition, for demos and benchmarks."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int)
        parser.add_argument("--petition", type=int, help="page id; the first petition if omitted")
        parser.add_argument("--days", type=int, default=30)
        parser.add_argument("--seed", type=int, default=2017)

    def handle(self, *args, **options):
        pages = PetitionPage.objects.order_by("pk")
        page = (
            pages.filter(pk=options["petition"]).first() if options["petition"] else pages.first()
        )
        if page is None:
            raise CommandError("There is no such petition. Run load_demo first.")
        total = options["count"]
        generator = Generator(page, days=options["days"], seed=options["seed"])
        for stored in generator.generate(total):
            self.stdout.write(f"\r{stored:,} / {total:,}", ending="")
            self.stdout.flush()
        self.stdout.write("")
