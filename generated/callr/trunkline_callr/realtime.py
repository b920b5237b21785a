"""Commands that answer `realtime` requests of CALLR.

`parse` reads a request, `outcome` says what came of the command before, the functions named like
commands build the next one, and `encode` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from ._runtime import UNSET, Unset
from ._runtime.commands import Dialogue, Outcome, build, given
from .models.shared import Target
from .models.webhooks import (
    RingTone,
    RTCommandConference,
    RTCommandDialout,
    RTCommandHangup,
    RTCommandHangupCallid,
    RTCommandPlay,
    RTCommandPlayRecord,
    RTCommandPlayTalkDetect,
    RTCommandPlayWavData,
    RTCommandRead,
    RTCommandRecord,
    RTCommandSendDtmf,
    RTCommandSimpleConference,
    RTCommandStartCallRecording,
    RTCommandStopCallRecording,
    RTCommandWait,
    RTCommandWaitForSilence,
    RTRequest,
)
from .params.shared import TargetParam
from .webhooks import REALTIME


class ConferenceOutcome(Outcome[str]):
    """What came of `conference`."""

    TYPE = str


class DialoutOutcome(Outcome[str]):
    """What came of `dialout`."""

    TYPE = str


class HangupOutcome(Outcome[str]):
    """What came of `hangup`."""

    TYPE = str


class HangupCallidOutcome(Outcome[str]):
    """What came of `hangup_callid`."""

    TYPE = str


class PlayOutcome(Outcome[str]):
    """What came of `play`."""

    TYPE = str


class PlayRecordOutcome(Outcome[str]):
    """What came of `play_record`."""

    TYPE = str


class PlayTalkDetectOutcome(Outcome[str]):
    """What came of `play_talk_detect`."""

    TYPE = str


class PlayWavDataOutcome(Outcome[str]):
    """What came of `play_wav_data`."""

    TYPE = str


class ReadOutcome(Outcome[str]):
    """What came of `read`.

    `result`: The keys pressed.

    Source: callr-objects:2495; public: Vendor's Real-Time pages.
    """

    TYPE = str


class RecordOutcome(Outcome[str]):
    """What came of `record`.

    `result`: The recording, as `play_record` takes it.

    Source: public: Vendor's Real-Time pages.
    """

    TYPE = str


class SendDtmfOutcome(Outcome[str]):
    """What came of `send_dtmf`."""

    TYPE = str


class SimpleConferenceOutcome(Outcome[str]):
    """What came of `simple_conference`."""

    TYPE = str


class StartCallRecordingOutcome(Outcome[str]):
    """What came of `start_call_recording`."""

    TYPE = str


class StopCallRecordingOutcome(Outcome[str]):
    """What came of `stop_call_recording`."""

    TYPE = str


class WaitOutcome(Outcome[str]):
    """What came of `wait`."""

    TYPE = str


class WaitForSilenceOutcome(Outcome[str]):
    """What came of `wait_for_silence`."""

    TYPE = str


DIALOGUE: Final[Dialogue[RTRequest]] = Dialogue(
    REALTIME,
    {
        "conference": ConferenceOutcome,
        "dialout": DialoutOutcome,
        "hangup": HangupOutcome,
        "hangup_callid": HangupCallidOutcome,
        "play": PlayOutcome,
        "play_record": PlayRecordOutcome,
        "play_talk_detect": PlayTalkDetectOutcome,
        "play_wav_data": PlayWavDataOutcome,
        "read": ReadOutcome,
        "record": RecordOutcome,
        "send_dtmf": SendDtmfOutcome,
        "simple_conference": SimpleConferenceOutcome,
        "start_call_recording": StartCallRecordingOutcome,
        "stop_call_recording": StopCallRecordingOutcome,
        "wait": WaitOutcome,
        "wait_for_silence": WaitForSilenceOutcome,
    },
    command="command",
    result="command_result",
    id="command_id",
    error="command_error",
)
parse = DIALOGUE.parse
outcome = DIALOGUE.outcome
encode = DIALOGUE.encode


def conference(
    id: str | int,
    *,
    welcome: int | str | Unset = UNSET,
    waiting: int | str | Unset = UNSET,
    pin_max_tries: int | Unset = UNSET,
    pin_wait: int | Unset = UNSET,
    auto_leave_when_alone: bool | Unset = UNSET,
    auto_leave_announce: int | str | Unset = UNSET,
    user_join: int | str | Unset = UNSET,
    user_leave: int | str | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandConference:
    """Put the call into a conference room, with everybody else who is in it.

    Source: public: Vendor's Real-Time pages.

    Args:
        id: Name of the room; it comes into being with the first caller. Source: public: Vendor's
            Real-Time pages.
        welcome: Played to the caller on entering. Source: public: Vendor's Real-Time pages.
        waiting: Played while the caller is alone. Source: public: Vendor's Real-Time pages.
        pin_max_tries: How often a wrong PIN may be keyed in. At least 1, at most 10. Source:
            public: Vendor's Real-Time pages.
        pin_wait: Seconds to wait for the PIN. At least 0, at most 30. Source: public: Vendor's
            Real-Time pages.
        auto_leave_when_alone: Whether the caller leaves when everybody else has. Source: public:
            Vendor's Real-Time pages.
        auto_leave_announce: Played before the caller leaves that way. Source: public: Vendor's
            Real-Time pages.
        user_join: Played to the room when somebody enters. Source: public: Vendor's Real-Time
            pages.
        user_leave: Played to the room when somebody leaves. Source: public: Vendor's Real-Time
            pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandConference,
        {
            "command": "conference",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "id": id,
                    "welcome": welcome,
                    "waiting": waiting,
                    "pin_max_tries": pin_max_tries,
                    "pin_wait": pin_wait,
                    "auto_leave_when_alone": auto_leave_when_alone,
                    "auto_leave_announce": auto_leave_announce,
                    "user_join": user_join,
                    "user_leave": user_leave,
                }
            ),
        },
    )


def dialout(
    targets: Sequence[Target | TargetParam],
    *,
    cli: str | Unset = UNSET,
    ringtone: RingTone | Literal["RING", "MUSIC"] | Unset = UNSET,
    whisper: int | str | Unset = UNSET,
    cdr_field: str | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandDialout:
    """Call somebody else and connect both calls.

    Source: public: Vendor's Real-Time pages.

    Args:
        targets: Numbers to try, in order. Source: public: Vendor's Real-Time pages.
        cli: Number to show (CLI, calling line identification), or `BLOCKED`. Matching
            `^(\\+[1-9][0-9]{1,14}|BLOCKED)$`. Source: public: Vendor's Real-Time pages.
        ringtone: What the caller hears meanwhile: ringing or music. Source: public: Vendor's
            Real-Time pages.
        whisper: Played to the person called only, before both are connected. Source: public:
            Vendor's Real-Time pages.
        cdr_field: Mark of your own for the call detail record. At most 32 characters, matching
            `^[0-9A-Za-z]*$`. Source: public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandDialout,
        {
            "command": "dialout",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "targets": targets,
                    "cli": cli,
                    "ringtone": ringtone,
                    "whisper": whisper,
                    "cdr_field": cdr_field,
                }
            ),
        },
    )


def hangup(
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandHangup:
    """Hang up.

    Source: public: Vendor's Real-Time pages.

    Args:
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandHangup,
        {
            "command": "hangup",
            "command_id": command_id,
            "variables": variables,
        },
    )


def hangup_callid(
    callid: int,
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandHangupCallid:
    """Hang up another call.

    Source: public: Vendor's Real-Time pages.

    Args:
        callid: Identifier of that call. At least 0, at most 18446744073709551615. Source:
            public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandHangupCallid,
        {
            "command": "hangup_callid",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "callid": callid,
                }
            ),
        },
    )


def play(
    media_id: int | str,
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandPlay:
    """Play a media or a text.

    Source: public: Vendor's Real-Time pages.

    Args:
        media_id: What to play. Source: public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandPlay,
        {
            "command": "play",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "media_id": media_id,
                }
            ),
        },
    )


def play_record(
    media_file: str,
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandPlayRecord:
    """Play a recording.

    Source: public: Vendor's Real-Time pages.

    Args:
        media_file: The recording, as the `record` command returned it. Source: public: Vendor's
            Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandPlayRecord,
        {
            "command": "play_record",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "media_file": media_file,
                }
            ),
        },
    )


def play_talk_detect(
    media_id: int | str,
    *,
    silence_ms: int | Unset = UNSET,
    min_ms: int | Unset = UNSET,
    max_ms: int | Unset = UNSET,
    analysistime_ms: int | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandPlayTalkDetect:
    """Play a media until the person talks or falls silent.

    Source: public: Vendor's Real-Time pages.

    Args:
        media_id: What to play. Source: public: Vendor's Real-Time pages.
        silence_ms: Milliseconds of silence that end talk. Default: `5`. Source: public: Vendor's
            Real-Time pages.
        min_ms: Milliseconds of talk that count at least. Default: `500`. Source: public:
            Vendor's Real-Time pages.
        max_ms: Milliseconds to listen at most. Default: `60000`. Source: public: Vendor's
            Real-Time pages.
        analysistime_ms: Milliseconds of audio that are judged at once. Default: `4000`. Source:
            public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandPlayTalkDetect,
        {
            "command": "play_talk_detect",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "media_id": media_id,
                    "silence_ms": silence_ms,
                    "min_ms": min_ms,
                    "max_ms": max_ms,
                    "analysistime_ms": analysistime_ms,
                }
            ),
        },
    )


def play_wav_data(
    audio_data: str,
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandPlayWavData:
    """Play audio that comes with the command.

    Source: public: Vendor's Real-Time pages.

    Args:
        audio_data: A WAV file, in Base64. Source: public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandPlayWavData,
        {
            "command": "play_wav_data",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "audio_data": audio_data,
                }
            ),
        },
    )


def read(
    media_id: int | str,
    *,
    attempts: int | Unset = UNSET,
    max_digits: int | Unset = UNSET,
    timeout_ms: int | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandRead:
    """Play a media and read keys the person presses (DTMF tones).

    Source: public: Vendor's Real-Time pages.

    Args:
        media_id: What to play. Source: public: Vendor's Real-Time pages.
        attempts: How often to ask. At least 1, at most 10. Source: public: Vendor's Real-Time
            pages.
        max_digits: How many keys to read at most. At least 1, at most 20. Source: public:
            Vendor's Real-Time pages.
        timeout_ms: Milliseconds to wait for a key. At least 100, at most 30000. Source: public:
            Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandRead,
        {
            "command": "read",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "media_id": media_id,
                    "attempts": attempts,
                    "max_digits": max_digits,
                    "timeout_ms": timeout_ms,
                }
            ),
        },
    )


def record(
    *,
    max_duration: int | Unset = UNSET,
    silence: int | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandRecord:
    """Record what the person says.

    Source: public: Vendor's Real-Time pages.

    Args:
        max_duration: Seconds to record at most. At least 0, at most 300. Source: public:
            Vendor's Real-Time pages.
        silence: Seconds of silence that end the recording. At least 0, at most 20. Source:
            public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandRecord,
        {
            "command": "record",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "max_duration": max_duration,
                    "silence": silence,
                }
            )
            or UNSET,
        },
    )


def send_dtmf(
    digits: str,
    *,
    duration_ms: int | Unset = UNSET,
    timeout_ms: int | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandSendDtmf:
    """Press keys on behalf of the call (DTMF tones), to get through the menu of another system.

    Source: public: Vendor's Real-Time pages.

    Args:
        digits: Keys to press. Matching `^[0-9*#]+$`. Source: public: Vendor's Real-Time pages.
        duration_ms: Milliseconds each tone lasts. At least 1, at most 5000. Source: public:
            Vendor's Real-Time pages.
        timeout_ms: Milliseconds between tones. At least 0, at most 10000. Source: public:
            Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandSendDtmf,
        {
            "command": "send_dtmf",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "digits": digits,
                    "duration_ms": duration_ms,
                    "timeout_ms": timeout_ms,
                }
            ),
        },
    )


def simple_conference(
    id: str | int,
    *,
    auto_leave_when_alone: bool | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandSimpleConference:
    """Put the call into a conference room without announcements.

    Source: public: Vendor's Real-Time pages.

    Args:
        id: Name of the room. Source: public: Vendor's Real-Time pages.
        auto_leave_when_alone: Whether the caller leaves when everybody else has. Source: public:
            Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandSimpleConference,
        {
            "command": "simple_conference",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "id": id,
                    "auto_leave_when_alone": auto_leave_when_alone,
                }
            ),
        },
    )


def start_call_recording(
    *,
    announce: int | str | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandStartCallRecording:
    """Start recording the call.

    Source: public: Vendor's Real-Time pages.

    Args:
        announce: Played before recording starts. Source: public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandStartCallRecording,
        {
            "command": "start_call_recording",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "announce": announce,
                }
            )
            or UNSET,
        },
    )


def stop_call_recording(
    *,
    announce: int | str | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandStopCallRecording:
    """Stop recording the call.

    Source: public: Vendor's Real-Time pages.

    Args:
        announce: Played after recording has stopped. Source: public: Vendor's Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandStopCallRecording,
        {
            "command": "stop_call_recording",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "announce": announce,
                }
            )
            or UNSET,
        },
    )


def wait(
    seconds: int,
    *,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandWait:
    """Wait.

    Source: public: Vendor's Real-Time pages.

    Args:
        seconds: How long, in seconds. At least 1, at most 30. Source: public: Vendor's Real-Time
            pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandWait,
        {
            "command": "wait",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "seconds": seconds,
                }
            ),
        },
    )


def wait_for_silence(
    *,
    silence_ms: int | Unset = UNSET,
    iterations: int | Unset = UNSET,
    timeout: int | Unset = UNSET,
    command_id: Any | Unset = UNSET,
    variables: Mapping[str, Any] | Unset = UNSET,
) -> RTCommandWaitForSilence:
    """Wait until the person is silent.

    Source: public: Vendor's Real-Time pages.

    Args:
        silence_ms: Milliseconds of silence to wait for. At least 1, at most 5000. Source:
            public: Vendor's Real-Time pages.
        iterations: How many silences to wait for. At least 1, at most 3. Source: public:
            Vendor's Real-Time pages.
        timeout: Seconds to wait at most. At least 0, at most 300. Source: public: Vendor's
            Real-Time pages.
        command_id: Any JSON value; it comes back with the command's outcome, so that you can
            tell commands apart. Source: inferred: As in RT.Response.
        variables: Anything you want back in the next request, unchanged: a place to keep the
            state of the conversation. Source: inferred: As in RT.Response.
    """
    return build(
        RTCommandWaitForSilence,
        {
            "command": "wait_for_silence",
            "command_id": command_id,
            "variables": variables,
            "params": given(
                {
                    "silence_ms": silence_ms,
                    "iterations": iterations,
                    "timeout": timeout,
                }
            )
            or UNSET,
        },
    )
