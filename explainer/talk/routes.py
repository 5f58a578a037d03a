"""The talk's routes: where projector and desks meet, the desk's page, the plan that a rehearsal gives."""

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from explainer.chapters import ORDER
from explainer.serving.addresses import candidates, read_interfaces
from explainer.talk.alone import chapter_alone
from explainer.talk.desk import desk_response, told_to_desks
from explainer.talk.hub import MOST_BYTES, Hub, Message
from explainer.talk.invitations import Asked, invitation, origins
from explainer.talk.plan import PlanError, with_minutes
from explainer.talk.shelf import Shelf
from explainer.words import TALK

NOTHING: Final[Message] = {"title": "", "file": "", "scenes": []}
"""What desks read of a talk that there is not."""


def routes(base_path: str, talks: Shelf, listening: str | None = None) -> Sequence[BaseRoute]:
    """All of them, below `base_path` (``server.baseUrlPath``). `listening` is ``server.address``."""
    root = f"/{base_path}" if base_path else ""

    async def invite(socket: WebSocket, first: Message) -> Message:
        asked = Asked.of(socket.headers, socket.url.scheme)
        found = origins(asked, listening, candidates(await run_in_threadpool(read_interfaces)))
        return await run_in_threadpool(invitation, asked, found, root, first["talk"], first["secret"])

    async def talk_of(first: Message) -> Message:
        return await run_in_threadpool(_talk_of, talks, first)

    hub = Hub(talk_of, invite)

    async def show_desk(request: Request) -> Response:
        return desk_response(request, root)

    async def give_plan(request: Request) -> Response:
        return await _plan_response(request, hub, talks)

    return [
        Route(f"{root}/desk/{{talk}}", show_desk),
        WebSocketRoute(f"{root}/talk/socket", hub.serve),
        Route(f"{root}/talk/plan", give_plan, methods=["POST"]),
    ]


def _talk_of(talks: Shelf, first: Message) -> Message:
    """What desks read of the talk that a screen shows: one of the shelf, or a chapter alone."""
    name, page, query = (str(first.get(key, "")) for key in ("name", "page", "query"))
    if page in ORDER:
        return told_to_desks(chapter_alone(page, parse_qs(query, keep_blank_values=True))[0])
    return told_to_desks(talks[name]) | {"name": name} if name in talks else NOTHING


async def _plan_response(request: Request, hub: Hub, talks: Shelf) -> Response:
    """The file of a talk with a rehearsal's minutes, for who has the talk's secret."""
    asked = await _read_body(request)
    known = hub.talk_with(str(asked.get("talk")), str(asked.get("secret")))
    minutes = asked.get("minutes")
    if known is None:
        return _refusal("secret", 403)
    if not isinstance(minutes, dict) or not all(type(one) in (int, float) for one in minutes.values()):
        return _refusal("no_plan", 400)
    name = known.get("name", "")
    if name not in talks:
        return _refusal("no_file", 404)
    try:
        text = await run_in_threadpool(with_minutes, talks[name].source, minutes)
    except (PlanError, OverflowError, ValueError):
        return _refusal("no_plan", 422)
    headers = {
        "Content-Disposition": f'attachment; filename="{name.encode("ascii", "replace").decode()}.toml"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(text.encode(), media_type="application/toml", headers=headers)


async def _read_body(request: Request) -> dict[str, Any]:
    """A JSON object of at most as many bytes as a message; {} for anything else."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return {}
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


def _refusal(kind: str, status: int) -> Response:
    return JSONResponse({"said": TALK["hub"][kind]}, status)
