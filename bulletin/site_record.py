"""What a public site in China says of itself at the foot of every page.

ICP record: 互联网信息服务管理办法 (State Council, 2000), article 12. Public-security record:
计算机信息网络国际联网安全保护管理办法, article 12. Site code, organisation, contact and the
report link: 政府网站发展指引 (国办发〔2017〕47号), for sites of public bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.environment import Environment, SettingError

ICP_REGISTER = "https://beian.miit.gov.cn/"
PUBLIC_SECURITY_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
SITE_CODE = re.compile(r"[0-9A-Za-z]{10}")
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True)
class SiteRecord:
    """The lines of the imprint; "" for each that is not set.

    Args:
        organisation: who runs the site (主办单位).
        phone: where readers reach the newsroom.
        email: the same by mail.
        icp: the ICP record, e.g. 京ICP备12345678号.
        public_security: the public-security record, e.g. 京公网安备11010102001234号.
        code: the ten characters of a government site's code (网站标识码).
        report: the address of the page where errors of government sites are reported (网站找错).

    """

    organisation: str = ""
    phone: str = ""
    email: str = ""
    icp: str = ""
    public_security: str = ""
    code: str = ""
    report: str = ""

    @property
    def icp_register(self) -> str:
        """Where the ICP record can be looked up; the rule asks for the link."""
        return ICP_REGISTER

    @property
    def public_security_register(self) -> str:
        """Where the public-security record can be looked up, with its digits."""
        return PUBLIC_SECURITY_REGISTER + "".join(re.findall(r"\d", self.public_security))


def read_site_record(env: Environment) -> SiteRecord:
    """Read the record from the environment.

    Raises:
        SettingError: for a site code or a report address that cannot be one.

    """
    record = SiteRecord(
        organisation=env.text("SITE_ORGANISATION", ""),
        phone=env.text("SITE_PHONE", ""),
        email=env.text("SITE_EMAIL", ""),
        icp=env.text("ICP_RECORD", ""),
        public_security=env.text("PUBLIC_SECURITY_RECORD", ""),
        code=env.text("SITE_CODE", ""),
        report=env.text("ERROR_REPORT_URL", ""),
    )
    if record.code and not SITE_CODE.fullmatch(record.code):
        raise SettingError("SITE_CODE", f"must be ten letters and digits, not {record.code!r}")
    if record.report and not ADDRESS.fullmatch(record.report):
        raise SettingError("ERROR_REPORT_URL", f"must be a web address, not {record.report!r}")
    return record
