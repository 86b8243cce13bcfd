"""Where Django writes Korean otherwise than Koreans do: it says 9:00 오전."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
