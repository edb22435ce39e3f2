"""Makes Superset's own tables, the users and the demo content; what is there stays.

One process for what would be `superset db upgrade`, `superset fab create-admin`,
`superset init` and an import: each of them takes seconds to load Superset. Content is made
without asking the databases, so that Trino does not have to run.
"""
import json
import os
import sys

from superset.app import create_app

DEMO_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "demo.json")
CHART_HEIGHT = 50
# Of the twelve columns of a dashboard's grid.
CHART_WIDTH = 4


def make_tables():
    from flask_migrate import upgrade

    upgrade()


def make_roles_and_users(demo):
    from superset import appbuilder, db, security_manager

    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    for name, permissions in demo["roles"].items():
        role = security_manager.add_role(name)
        role.permissions = [find_permission(*pair) for pair in permissions]
    db.session.commit()
    for entry in demo["users"]:
        username, password = entry["username"], os.environ[entry["passwordVariable"]]
        user = security_manager.find_user(username)
        if user:
            security_manager.reset_password(user.id, password)
            continue
        security_manager.add_user(
            username,
            username,
            "of the demo",
            f"{username}@example.com",
            [security_manager.find_role(entry["role"])],
            password=password,
        )


def find_permission(name, view):
    from superset import security_manager

    found = security_manager.find_permission_view_menu(name, view)
    if not found:
        sys.exit(f"This Superset has no permission {name} on {view}.")
    return found


def find_or_make(model, make=lambda entry: None, **key):
    from superset import db

    entry = db.session.query(model).filter_by(**key).one_or_none()
    if not entry:
        entry = model(**key)
        make(entry)
        db.session.add(entry)
        db.session.flush()
    return entry


def make_database(entry):
    from superset.models.core import Database

    database = find_or_make(
        Database,
        lambda new: new.set_sqlalchemy_uri(os.path.expandvars(entry["uri"])),
        database_name=entry["name"],
    )
    # Ports may differ from those of the last run.
    database.set_sqlalchemy_uri(os.path.expandvars(entry["uri"]))
    database.extra = json.dumps(entry["extra"])
    return database


def make_dataset(entry, database):
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn

    def fill(dataset):
        dataset.columns = [
            TableColumn(column_name=name, type=kind, is_dttm=kind in ("DATE", "TIMESTAMP"))
            for name, kind in entry["columns"].items()
        ]
        dataset.metrics = [SqlMetric(metric_name="count", expression="COUNT(*)")]

    return find_or_make(
        SqlaTable,
        fill,
        database_id=database.id,
        catalog=entry["catalog"],
        schema=entry["schema"],
        table_name=entry["table"],
    )


def make_chart(entry, dataset, owner):
    from superset.models.slice import Slice

    columns, metrics = [entry["groupBy"]], ["count"]
    form = {
        "datasource": dataset.uid,
        "viz_type": "table",
        "query_mode": "aggregate",
        "groupby": columns,
        "metrics": metrics,
        "row_limit": 100,
    }
    query = {
        "columns": columns,
        "metrics": metrics,
        "row_limit": 100,
        "filters": [],
        "extras": {},
        "orderby": [],
    }
    context = {
        "datasource": {"id": dataset.id, "type": "table"},
        "force": False,
        "result_format": "json",
        "result_type": "full",
        "form_data": form,
        "queries": [query],
    }

    def fill(chart):
        chart.datasource_id = dataset.id
        chart.datasource_type = "table"
        chart.datasource_name = dataset.table_name
        chart.viz_type = form["viz_type"]
        chart.params = json.dumps(form)
        chart.query_context = json.dumps(context)
        chart.owners = [owner]

    return find_or_make(Slice, fill, slice_name=entry["name"])


def make_dashboard(entry, charts, owner):
    from superset.models.dashboard import Dashboard

    def fill(dashboard):
        dashboard.dashboard_title = entry["title"]
        dashboard.published = True
        dashboard.owners = [owner]
        dashboard.slices = charts
        dashboard.json_metadata = "{}"
        dashboard.position_json = json.dumps(layout_of(charts))

    return find_or_make(Dashboard, fill, slug=entry["slug"])


def layout_of(charts):
    row = ["ROOT_ID", "GRID_ID", "ROW-1"]
    boxes = {
        f"CHART-{chart.id}": {
            "type": "CHART",
            "id": f"CHART-{chart.id}",
            "children": [],
            "parents": row,
            "meta": {
                "chartId": chart.id,
                "width": CHART_WIDTH,
                "height": CHART_HEIGHT,
                "sliceName": chart.slice_name,
            },
        }
        for chart in charts
    }
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {
            "type": "GRID",
            "id": "GRID_ID",
            "children": ["ROW-1"],
            "parents": row[:1],
        },
        "ROW-1": {
            "type": "ROW",
            "id": "ROW-1",
            "children": list(boxes),
            "parents": row[:2],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        },
        **boxes,
    }


def make_alert(entry, database, chart, owners):
    from superset.reports.models import ReportRecipients, ReportSchedule

    def fill(alert):
        alert.description = entry["description"]
        alert.active = not entry.get("isInactive", False)
        alert.crontab = "* * * * *"
        alert.creation_method = "alerts_reports"
        alert.report_format = "TEXT"
        alert.sql = entry["sql"]
        alert.database = database
        alert.chart = chart
        alert.owners = owners
        alert.validator_type = "operator"
        alert.validator_config_json = json.dumps(
            {"op": entry["operator"], "threshold": entry["threshold"]}
        )
        alert.grace_period = entry["gracePeriodSeconds"]
        alert.working_timeout = 300
        alert.recipients = [
            ReportRecipients(
                type="Email",
                recipient_config_json=json.dumps({"target": "on-call@example.com"}),
            )
        ]

    find_or_make(ReportSchedule, fill, name=entry["name"], type="Alert")


def make_content(demo):
    from superset import db, security_manager

    admin = security_manager.find_user("admin")
    ops = security_manager.find_user("lakehouse-ops")
    databases = {entry["name"]: make_database(entry) for entry in demo["databases"]}
    db.session.flush()
    datasets = {
        entry["table"]: make_dataset(entry, databases[entry["database"]])
        for entry in demo["datasets"]
    }
    charts = []
    for entry in demo["dashboards"]:
        charts = [
            make_chart(chart, datasets[chart["table"]], admin) for chart in entry["charts"]
        ]
        make_dashboard(entry, charts, admin)
    for entry in demo["alerts"]:
        make_alert(entry, databases["shop"], charts[0], [admin, ops])
    db.session.commit()


def main():
    with open(DEMO_FILE, encoding="utf-8") as file:
        demo = json.load(file)
    with create_app().app_context():
        make_tables()
        make_roles_and_users(demo)
        make_content(demo)


main()
