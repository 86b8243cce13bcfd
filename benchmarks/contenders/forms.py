from django import forms

from home.network.models import Region

from .models import NaiveSignature


class NaiveForm(forms.ModelForm):
    region = forms.ModelChoiceField(Region.objects.current(), to_field_name="code")

    class Meta:
        model = NaiveSignature
        fields = [
            *("name", "email", "region", "comment", "name_display", "consent_collection"),
            *("consent_sensitive", "consent_roll", "consent_news", "consent_age"),
        ]

    def clean_email(self):
        email = self.cleaned_data["email"]
        petition = self.instance.petition
        if NaiveSignature.objects.filter(petition=petition, email=email).exists():
            raise forms.ValidationError("You have signed already.")
        return email
