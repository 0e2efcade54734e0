import pytest
from django.db import connection

from kit.text import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Élan", "elan"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Æsir œuvre", "aesir oeuvre"),
        ("C++ & .NET", "c++ & .net"),
        ("日本", "日本"),
    ],
)
@pytest.mark.django_db
def test_python_and_database_fold_alike(written, folded):
    assert fold(written) == folded
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.fold(%s)", [written])
        assert cursor.fetchone() == (folded,)
