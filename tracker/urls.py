"""The addresses of Đôn đốc."""

urlpatterns: list = []
