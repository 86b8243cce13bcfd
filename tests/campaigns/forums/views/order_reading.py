"""An order's page, as tests read it; and its money."""

import re

from bs4 import BeautifulSoup

from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.participant import payment_of
from tests.factories.accounts import UserFactory

Method = Payment.Method


def pay(order, method=Method.BANK_TRANSFER):
    mark_paid(payment_of(order), method=method, user=UserFactory(), note="확인")


def said(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")
