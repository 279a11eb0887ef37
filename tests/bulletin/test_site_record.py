"""What a site has to say of itself, and its statement on accessibility."""

import pytest

from bulletin.environment import Environment, SettingError
from bulletin.site_record import SiteRecord, read_site_record

pytestmark = pytest.mark.django_db

FULL = {
    "SITE_ORGANISATION": "临澄区融媒体中心",
    "SITE_PHONE": "0000-5550100",
    "SITE_EMAIL": "desk@example.org",
    "ICP_RECORD": "澄ICP备00000000号-1",
    "PUBLIC_SECURITY_RECORD": "澄公网安备00000000000001号",
    "SITE_CODE": "0000000001",
    "ERROR_REPORT_URL": "https://example.org/report",
}


def test_every_line_that_is_set_stands_at_the_foot_of_a_page(client, settings):
    settings.SITE_RECORD = read_site_record(Environment(FULL))
    foot = client.get("/accessibility/").content.decode().split("<footer")[1]
    for line in ("主办单位：临澄区融媒体中心", "网站标识码：0000000001", "政府网站找错"):
        assert line in foot
    assert '<a href="tel:0000-5550100">' in foot
    assert '<a href="https://beian.miit.gov.cn/" rel="noreferrer">澄ICP备00000000号-1</a>' in foot
    assert "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000001" in foot


def test_nothing_is_said_that_is_not_set(client, settings):
    settings.SITE_RECORD = SiteRecord()
    page = client.get("/accessibility/").content.decode()
    assert 'class="record"' not in page
    assert "告诉我们" not in page
    assert '<h1 class="headline">无障碍</h1>' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_CODE", "123"),
        ("SITE_CODE", "一二三四五六七八九十"),
        ("ERROR_REPORT_URL", "javascript:alert(1)"),
        ("ERROR_REPORT_URL", "example.org"),
    ],
)
def test_what_cannot_be_right_is_refused_at_the_start(name, value):
    with pytest.raises(SettingError, match=name):
        read_site_record(Environment({name: value}))
