from django.core.management.base import BaseCommand, CommandError

from demo.stripe.rehearsal import LiveKeyError, NotPaidError, walk_both

CARD = "4242 4242 4242 4242"


class Command(BaseCommand):
    help = (
        "Before cards go live: with a test key of Stripe's in STRIPE_SECRET_KEY, opens a page, "
        "waits until you paid on it with a test card, sends a part back, and compares what Stripe "
        "answers with the stand-in of the tests. Moves no real money; refuses live keys."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=int, default=900, help="to wait for the payment")

    def handle(self, *args, seconds, **options):
        try:
            found = walk_both(self.show, seconds=seconds)
        except LiveKeyError as error:
            raise CommandError("STRIPE_SECRET_KEY must begin with sk_test_ or rk_test_.") from error
        except NotPaidError as error:
            raise CommandError("Nobody paid on the page in time.") from error
        for line in found:
            self.stdout.write(f"DIFFERENT  {line}")
        if found:
            raise CommandError(f"{len(found)} differences: the stand-in is to be corrected.")
        self.stdout.write("Stripe answers as the stand-in does.")

    def show(self, url):
        self.stdout.write(f"Pay here with the test card {CARD}, any date to come, any code:\n{url}")
