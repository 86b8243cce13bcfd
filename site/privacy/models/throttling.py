from django.db import connection, models

# Both databases know this form: the count after this request, whoever else counts at the moment.
COUNT = """
INSERT INTO privacy_throttlecount (key, count, expires_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = privacy_throttlecount.count + 1
RETURNING count
"""


class ThrottleCountManager(models.Manager):
    def count(self, key, expires_at):
        """Count one more request under ``key``; how many there are now."""
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(expires_at)
            cursor.execute(COUNT, [key, moment])
            return cursor.fetchone()[0]


class ThrottleCount(models.Model):
    """How often one address asked within one window, where no shared cache counts it.

    The key is a keyed hash of the address, and the row goes a minute after its window.
    """

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    objects = ThrottleCountManager()

    class Meta:
        default_permissions = ()
