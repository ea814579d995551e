"""The transport with servers that behave: what it asks, what it keeps, when it is patient."""

import asyncio

from aiohttp import web

from adapters.http.answers import CODES, Paged, Seen, Unavailable
from adapters.http.fetch import Transport
from adapters.http.sites import Site, path_of
from tests.adapters.http.site import TOKEN, certificate, leads_home, remote, serving, site


async def _hello(request: web.Request) -> web.Response:
    return web.json_response({"path": request.raw_path, "agent": request.headers["User-Agent"]})


async def test_an_answer_is_seen_with_its_json_its_headers_and_its_fingerprint() -> None:
    async with serving(_hello) as server, remote(server.base()) as there:
        answer = await there.json(path_of("job", "a/b", 12), {"tree": "result,number"})
    assert isinstance(answer, Seen)
    assert answer.data == {"path": "/job/a%2Fb/12?tree=result,number", "agent": "t-minus"}
    assert (answer.url, len(answer.sha256)) == (f"{server.base()}/job/a%2Fb/12", 64)
    assert server.heard[0][2]["Authorization"] == f"Bearer {TOKEN}"


async def test_the_path_in_front_of_all_paths_stays_there() -> None:
    async with serving(_hello) as server, remote(f"{server.base()}/api/v3/") as there:
        answer = await there.json("/repos/o/r")
        assert isinstance(answer, Seen)
        assert answer.data["path"] == "/api/v3/repos/o/r"


async def test_what_is_no_path_is_not_asked() -> None:
    bad = (
        "repos",
        "//evil.example/x",
        "/a/../b",
        "/a/%2e%2E/b",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\\b",
        "/a\nb",
        "/ü",
        "/" * 5000,
    )
    async with serving(_hello) as server, remote(server.base()) as there:
        for path in bad:
            answer = await there.json(path)
            assert isinstance(answer, Unavailable), path
            assert answer.code == "bad_path"
        assert server.heard == []
        assert isinstance(await there.json("/a..b/.c"), Seen)


async def test_an_answer_that_is_still_so_is_not_sent_again() -> None:
    async def tagged(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"one"':
            return web.Response(status=304, headers={"ETag": '"one"', "Age": "90"})
        return web.json_response({"n": 1}, headers={"ETag": '"one"', "Age": "3", "X-Kept": "yes"})

    async with serving(tagged) as server, remote(server.base()) as there:
        first, second = await there.json("/a"), await there.json("/a")
        other = await there.json("/b")
        fresh = await there.json("/a", fresh=True)
    assert isinstance(first, Seen)
    assert isinstance(fresh, Seen)
    assert isinstance(second, Seen)
    assert isinstance(other, Seen)
    assert (first.cached, second.cached, other.cached) == (False, True, False)
    assert (second.data, second.sha256) == (first.data, first.sha256) == (fresh.data, fresh.sha256)
    assert (second.headers["age"], second.headers["x-kept"]) == ("90", "yes")
    assert fresh.cached is False


async def test_last_modified_is_asked_for_too_and_no_store_is_obeyed() -> None:
    async def dated(request: web.Request) -> web.Response:
        headers = {"Last-Modified": "Thu, 26 Nov 2026 01:00:00 GMT"}
        if request.path == "/secret":
            headers["Cache-Control"] = "private, no-store"
        return web.json_response({}, headers=headers)

    async with serving(dated) as server, remote(server.base()) as there:
        for path in ("/a", "/a", "/secret", "/secret"):
            await there.json(path)
    conditional = [("If-Modified-Since" in headers) for _, _, headers in server.heard]
    assert conditional == [False, True, False, False]


async def test_statuses_are_reasons_and_those_that_are_asked_for_are_answers() -> None:
    async def status(request: web.Request) -> web.Response:
        return web.json_response({"message": TOKEN}, status=int(request.path[1:]))

    wanted = {
        401: "unauthorised",
        403: "forbidden",
        404: "not_found",
        410: "not_found",
        400: "refused",
        500: "server_error",
    }
    async with serving(status) as server, remote(server.base()) as there:
        for number, code in wanted.items():
            answer = await there.json(f"/{number}")
            assert isinstance(answer, Unavailable)
            assert (answer.code, answer.status) == (code, number)
            assert code in CODES
            assert TOKEN not in repr(answer)
        answer = await there.json("/422", also={422})
        assert isinstance(answer, Seen)
        assert answer.status == 422


async def test_a_server_that_asks_for_patience_is_left_alone_and_asked_again_after_it() -> None:
    async def busy(_: web.Request) -> web.Response:
        if len(server.heard) == 1:
            return web.json_response({}, status=429, headers={"Retry-After": "0"})
        if len(server.heard) == 3:
            reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
            return web.json_response({}, status=403, headers=reset)
        return web.json_response({"n": len(server.heard)})

    async with serving(busy) as server, remote(server.base()) as there:
        first = await there.json("/a")
        assert isinstance(first, Unavailable)
        assert (first.code, first.retry_after_s) == ("rate_limited", 0.0)
        assert isinstance(await there.json("/a"), Seen)
        again = await there.json("/a")
        assert isinstance(again, Unavailable)
        assert again.code == "rate_limited"
        quiet = await there.json("/a")
        assert isinstance(quiet, Unavailable)
        assert quiet.code == "rate_limited"
        assert len(server.heard) == 3


async def test_all_pages_are_read_on_the_same_site_and_a_limit_leaves_the_whole_incomplete() -> None:
    async def paged(request: web.Request) -> web.Response:
        number = int(request.query.get("page", "1"))
        more = {"Link": f'<{server.base()}/list?page={number + 1}>; rel="next", <{server.base()}/list>; rel="first"'}
        return web.json_response([number], headers=more if number < 4 else {})

    async with serving(paged) as server, remote(server.base()) as there:
        whole, part = await there.pages("/list"), await there.pages("/list", most=2)
    assert isinstance(whole, Paged)
    assert ([p.data for p in whole.pages], whole.complete) == ([[1], [2], [3], [4]], True)
    assert isinstance(part, Paged)
    assert ([p.data for p in part.pages], part.complete) == ([[1], [2]], False)


async def test_a_next_page_that_only_gitlabs_own_header_names_leaves_the_whole_incomplete() -> None:
    more = {"now": "2"}

    async def paged(_: web.Request) -> web.Response:
        return web.json_response([1], headers={"X-Next-Page": more["now"]})

    async with serving(paged) as server, remote(server.base()) as there:
        half = await there.pages("/list")
        more["now"] = ""
        whole = await there.pages("/list")
    assert isinstance(half, Paged)
    assert isinstance(whole, Paged)
    assert (half.complete, whole.complete) == (False, True)


async def test_an_object_that_says_one_thing_twice_is_no_answer() -> None:
    async def twice(request: web.Request) -> web.Response:
        body = '{"state": "failure", "state": "success"}' if request.path == "/twice" else '{"state": "success"}'
        return web.Response(text=body, content_type="application/json")

    async with serving(twice) as server, remote(server.base()) as there:
        refused, told = await there.json("/twice"), await there.json("/once")
    assert isinstance(refused, Unavailable)
    assert refused.code == "malformed"
    assert isinstance(told, Seen)


async def test_a_redirect_on_the_same_site_is_followed() -> None:
    async def renamed(request: web.Request) -> web.Response:
        if request.path == "/repos/o/old":
            return web.Response(status=301, headers={"Location": "/repositories/7"})
        return web.json_response({"path": request.path})

    async with serving(renamed) as server, remote(server.base()) as there:
        answer = await there.json("/repos/o/old")
    assert isinstance(answer, Seen)
    assert answer.data == {"path": "/repositories/7"}


async def test_head_text_and_the_access_review_are_the_only_other_doors() -> None:
    async def any_of_them(request: web.Request) -> web.Response:
        if request.method == "POST":
            return web.json_response({"status": {"allowed": False}, "asked": await request.json()}, status=201)
        return web.Response(text="plain", headers={"Docker-Content-Digest": "sha256:1"})

    async with serving(any_of_them) as server, remote(server.base()) as there:
        head, text = await there.head("/v2/a/manifests/1"), await there.text("/raw")
        review = await there.may("patch", "deployments", group="apps", namespace="shop")
        health = await there.any("/healthz", also=range(400, 600))
    assert isinstance(head, Seen)
    assert head.headers["docker-content-digest"] == "sha256:1"
    assert isinstance(text, Seen)
    assert text.text == "plain"
    assert isinstance(review, Seen)
    attributes = {"verb": "patch", "resource": "deployments", "group": "apps", "namespace": "shop"}
    assert review.data["asked"]["spec"] == {"resourceAttributes": attributes}
    assert isinstance(health, Seen)
    posts = [path for method, path, _ in server.heard if method not in {"GET", "HEAD"}]
    assert posts == ["/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"]


async def test_a_token_that_is_renewed_on_disk_is_read_each_time_and_a_lost_one_is_said() -> None:
    tokens = ["one", "two"]

    def headers() -> dict[str, str]:
        if not tokens:
            raise FileNotFoundError
        return {"Authorization": tokens.pop(0)}

    async with serving(_hello) as server, Transport(leads_home) as transport:
        there = transport.remote(Site("the-source", server.base(), headers, allow_private=True))
        assert isinstance(await there.json("/a"), Seen)
        assert isinstance(await there.json("/a"), Seen)
        lost = await there.json("/a")
    assert isinstance(lost, Unavailable)
    assert lost.code == "no_credential"
    assert [h["Authorization"] for _, _, h in server.heard] == ["one", "two"]


async def test_a_certificate_has_to_be_trusted_and_to_be_of_that_name() -> None:
    ours, theirs = certificate("source.test")
    async with serving(_hello, theirs) as server:
        base = f"https://source.test:{server.port}"
        async with remote(base) as there:
            answer = await there.json("/a")
        assert isinstance(answer, Unavailable)
        assert (answer.code, answer.detail) == (
            "tls",
            "the-source: its certificate is signed by itself, and is not in ca_file",
        )
        async with remote(f"https://other.test:{server.port}", trust=ours) as there:
            other = await there.json("/a")
        assert isinstance(other, Unavailable)
        assert (other.code, other.detail) == ("tls", "the-source: its certificate is of another host name")
        async with remote(base, trust=ours) as there:
            assert isinstance(await there.json("/a"), Seen)


async def test_no_more_calls_are_under_way_at_once_than_the_site_and_the_whole_allow() -> None:
    now, most = 0, 0

    async def slow(_: web.Request) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return web.json_response({})

    async with serving(slow) as server, Transport(leads_home, at_once=3) as transport:
        one, two = (transport.remote(site(server.base(), at_once=2)) for _ in range(2))
        assert all(isinstance(a, Seen) for a in await asyncio.gather(*(one.json("/") for _ in range(10))))
        assert most == 2
        answers = await asyncio.gather(*(there.json("/") for there in (one, two) for _ in range(10)))
    assert most == 3
    assert all(isinstance(a, Seen) for a in answers)
