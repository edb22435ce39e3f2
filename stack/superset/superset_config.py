"""Superset's settings; the variables are set by stack/services/superset.mjs or compose.yaml."""
import os

from celery.schedules import crontab

SECRET_KEY = os.environ["STACK_SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = os.environ["STACK_SUPERSET_METADATA_URI"]
SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 3, "max_overflow": 8, "pool_pre_ping": True}

REDIS_URL = os.environ["STACK_SUPERSET_REDIS_URL"]
IS_CACHE_SPLIT = os.environ.get("STACK_SUPERSET_SPLIT_CACHE") == "1"


def redis_cache(prefix):
    return {
        "CACHE_TYPE": "RedisCache",
        "CACHE_DEFAULT_TIMEOUT": 86400,
        "CACHE_KEY_PREFIX": prefix,
        "CACHE_REDIS_URL": f"{REDIS_URL}/0",
    }


# POST /api/v1/cachekey/invalidate deletes through CACHE_CONFIG (superset/cachekeys/api.py of
# 6.1.0). With another prefix there, it answers 201 and leaves the charts' data where it is.
CACHE_CONFIG = redis_cache("superset_meta_" if IS_CACHE_SPLIT else "superset_data_")
DATA_CACHE_CONFIG = redis_cache("superset_data_")
FILTER_STATE_CACHE_CONFIG = redis_cache("superset_filter_")
EXPLORE_FORM_DATA_CACHE_CONFIG = redis_cache("superset_explore_")
STORE_CACHE_KEYS_IN_METADATA_DB = True

FEATURE_FLAGS = {"ALERT_REPORTS": True}
# Alerts are evaluated and logged; nobody gets mail.
ALERT_REPORTS_NOTIFICATION_DRY_RUN = True
WEBDRIVER_BASEURL = os.environ["STACK_SUPERSET_URL"] + "/"
WEBDRIVER_BASEURL_USER_FRIENDLY = WEBDRIVER_BASEURL

# Plain http on loopback, and tests that log in often.
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False


class CeleryConfig:
    broker_url = f"{REDIS_URL}/1"
    result_backend = f"{REDIS_URL}/2"
    imports = ("superset.tasks.scheduler", "superset.tasks.cache")
    worker_prefetch_multiplier = 1
    task_acks_late = False
    broker_connection_retry_on_startup = True
    # Once a minute is as often as Superset evaluates an alert.
    beat_schedule = {
        "reports.scheduler": {
            "task": "reports.scheduler",
            "schedule": crontab(minute="*", hour="*"),
        },
    }


CELERY_CONFIG = CeleryConfig
