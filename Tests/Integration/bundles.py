"""Source bundles of Elastic Beanstalk."""

import io
import zipfile


def archive(**files):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return body.getvalue()
