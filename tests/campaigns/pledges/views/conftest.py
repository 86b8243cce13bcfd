import pytest

from tests.factories.pledge_board import board_of, everybody


@pytest.fixture
def board(campaign_page):
    return board_of(campaign_page)


@pytest.fixture
def people(board):
    return everybody(board.election)
