from __future__ import annotations

from datetime import datetime

from pydantic import Field

from .._runtime.models import Model, OpenStrEnum


class ServicePlan(OpenStrEnum):
    US = "us"
    INTERNATIONAL = "international"
    GLOBAL = "global"


class TrafficType(OpenStrEnum):
    CONVERSATIONAL = "conversational"
    SHORT_DURATION = "short_duration"


class CallRecording(Model):
    call_recording_type: str | None = None
    call_recording_caller_phone_numbers: list[str] | None = None


class OutboundVoiceProfile(Model):
    """A profile: where calls may go, how many at a time, and what they may cost."""

    id: str
    record_type: str | None = None
    name: str
    enabled: bool = True
    concurrent_call_limit: int | None = None
    daily_spend_limit: str | None = None
    service_plan: ServicePlan = ServicePlan.GLOBAL
    traffic_type: TrafficType = TrafficType.CONVERSATIONAL
    tags: list[str] = Field(default_factory=list[str])
    call_recording: CallRecording | None = None
    whitelisted_destinations: list[str] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
