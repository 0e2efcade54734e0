from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from accounts.owndata import leaving
        from newsroom.readers import settling

        leaving.on_leaving.append(settling.forget_addresses)
