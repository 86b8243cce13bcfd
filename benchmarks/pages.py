"""``python -m benchmarks.pages``: tables, the demo's pages, copies of its petition to be signed."""

import django

COPIES = ("empty", "small", "medium", "large")
SAMPLE = 1000  # People whose rows are copied; their values are encrypted by the site's own code.


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (settings are chosen above)
    from django.db import connection  # noqa: PLC0415 (the same)

    from benchmarks.article import make_article  # noqa: PLC0415 (needs the registry)
    from benchmarks.contenders.models import NaiveSignature  # noqa: PLC0415 (needs the registry)
    from benchmarks.forums import make_forums  # noqa: PLC0415 (the same)
    from demo.content import load_pages  # noqa: PLC0415 (the same)
    from demo.signatures import Generator  # noqa: PLC0415 (the same)

    call_command("migrate", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(NaiveSignature)
    petition, _forum = load_pages()
    for slug in COPIES:
        petition.copy(update_attrs={"slug": slug, "title": petition.title})
    make_article()
    make_forums()
    for _stored in Generator(petition).generate(SAMPLE):
        pass


if __name__ == "__main__":
    main()
