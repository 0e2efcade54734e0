from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        from accounts.keeping import dashboard_parts
        from accounts.owndata import leaving, parts, standing
        from alerts import owndata
        from alerts.page import dashboard

        dashboard_parts.enter(dashboard.part_for)
        parts.enter(*owndata.PARTS)
        standing.enter(("alert", "alerts", "with all that they told you", owndata.alerts_of))
        leaving.on_leaving.append(owndata.forget_addresses)
