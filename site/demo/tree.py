"""Pages that are made where they are missing, and left alone where they are."""


def child(parent, model, slug, **fields):
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing:
        return existing
    page = parent.add_child(instance=model(slug=slug, **fields))
    page.save_revision().publish()
    return page


def children(parent, model, rows, make_fields):
    """A page for each row whose slug is not there; ``make_fields`` is asked only then."""
    there = set(model.objects.child_of(parent).values_list("slug", flat=True))
    for row in rows:
        if row["slug"] not in there:
            fields = make_fields(row)
            many = {name: fields.pop(name) for name in ("themes", "sectors") if name in fields}
            page = model(slug=row["slug"], **fields)
            for name, values in many.items():
                setattr(page, name, values)
            parent.add_child(instance=page)
            page.save_revision().publish()
