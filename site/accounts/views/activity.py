"""Whether somebody is at the screen: the browser reports input, the server says what is left."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..requests import end_log_in, note_input_alone, seconds_left


@never_cache
@require_http_methods(["GET", "POST"])
def activity(request):
    """A GET asks and changes nothing; a POST tells of input, or that a screen was left alone."""
    screen = request.GET.get("screen", "")
    if not request.user.is_authenticated:
        return JsonResponse({"ended": True}, status=401)
    if request.method == "POST" and request.POST.get("left_alone") == "1":
        return _end_if_over(request, screen)
    if seconds_left(request, screen) <= 0:
        return _end_if_over(request, screen)
    if request.method == "POST":
        note_input_alone(request)
    return _still(request, screen)


def _end_if_over(request, screen):
    """Another window may have been in use meanwhile; then this one goes on."""
    if seconds_left(request, screen) > 0:
        return _still(request, screen)
    if request.method == "POST":
        end_log_in(request)
    return JsonResponse({"ended": True}, status=401)


def _still(request, screen):
    return JsonResponse(
        {
            "seconds": int(seconds_left(request, screen)),
            "user": request.user.pk,
            "token": get_token(request),
        }
    )


@require_safe
def back_again(request):
    """In the window in which somebody logged in again: the other one goes on by itself."""
    return render(request, "accounts/back_again.html")
