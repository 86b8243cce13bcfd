from django.core.management.base import BaseCommand

from demo.logins import demo_code


class Command(BaseCommand):
    help = "Prints the code that the demo's log-ins ask for after the password."

    def handle(self, *args, **options):
        self.stdout.write(demo_code())
