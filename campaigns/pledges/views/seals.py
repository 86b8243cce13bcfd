"""What the seal is, for who meets it in a viewer; and what it can be checked with."""

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpResponse
from django.shortcuts import render

from evidence.views import for_everybody

from ..exceptions import SigningKeysMissingError
from ..gateways.signing_keys import read_public_part


@for_everybody
def explain_seal(request):
    """Also where there are no keys yet: what a viewer says needs no certificate to be explained."""
    return render(request, "pledges/why.html", {"keys": _keys()})


@for_everybody
def download_root(_request):
    keys = _keys() or _refuse()
    return _file(keys.root.public_bytes(Encoding.DER), "application/pkix-cert", "root.cer")


@for_everybody
def download_revocations(_request):
    keys = _keys() or _refuse()
    return _file(keys.revocations.public_bytes(Encoding.DER), "application/pkix-crl", "root.crl")


def _keys():
    try:
        return read_public_part()
    except SigningKeysMissingError:
        return None


def _refuse():
    raise Http404


def _file(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
