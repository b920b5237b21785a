# Trunkline as a container:
#   docker build -t trunkline .
#   docker run --rm -v "$PWD:/work" trunkline validate openapi.yaml
#   docker run --rm -v "$PWD:/work" -p 127.0.0.1:8000:8000 trunkline \
#     serve openapi.yaml --host 0.0.0.0 --port 8000
FROM python:3.12-slim

WORKDIR /opt/trunkline
COPY pyproject.toml hatch_build.py constraints.txt README.md LICENSE CHANGELOG.md ./
COPY generator generator
COPY templates templates
COPY specs specs
COPY contract_tests contract_tests
RUN python -m pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

# Nobody's account: what is written in /work belongs to whoever `docker run --user` names.
USER 1000:1000
ENV HOME=/tmp
WORKDIR /work
EXPOSE 8000
ENTRYPOINT ["trunkline"]
CMD ["serve", "telnyx", "--host", "0.0.0.0", "--port", "8000"]
