from django.apps import AppConfig


class TestDatabaseConfig(AppConfig):
    """Only in the test run: puts a database back to what it was after the migrations."""

    name = "tests.database"
    label = "test_database"
