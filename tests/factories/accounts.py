import factory
from django.contrib.auth.models import Group

from accounts.models import User

PASSWORD = "소금꽃과 느린 우체통"


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff who can log in with PASSWORD and may do nothing yet."""

    email = factory.Sequence(lambda n: f"staff{n}@yeondae.example")
    last_name = "정"
    first_name = "다솜"
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)

    @factory.post_generation
    def role(self, create, extracted):
        """``UserFactory(role="조정자")`` gives the rights of that role."""
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))
