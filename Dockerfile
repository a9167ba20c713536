# The page as an image: docker build -t sino-russian-trade .
FROM python:3.13-slim AS made
WORKDIR /app
COPY run.py requirements.lock requirements-cluster.lock plotly-bundle.toml ./
# with --build-arg CLUSTER=yes it can share ready answers through Redis
ARG CLUSTER=""
RUN python run.py setup \
    && if [ -n "$CLUSTER" ]; then .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-cluster.lock; fi
COPY app.py ./
COPY loaders ./loaders
COPY analysis ./analysis
COPY layouts ./layouts
COPY commands ./commands
COPY callbacks ./callbacks
COPY data ./data
# compiled here, and the page made, since nothing is written where it runs
RUN .venv/bin/python -m compileall -q app.py loaders analysis layouts commands callbacks \
    && CACHE_DIRECTORY=/app/ready TRADE_DATA_DIR=/data .venv/bin/python app.py --ready

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin trade \
    && install --directory --owner trade --group trade /data
WORKDIR /app
COPY --from=made /app ./
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 TRADE_DATA_DIR=/data CACHE_DIRECTORY=/app/ready
USER 10001:10001
VOLUME /data
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/app/.venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8050/healthz', timeout=4)"]
ENTRYPOINT ["/app/.venv/bin/python", "app.py"]
CMD ["--host", "0.0.0.0", "--port", "8050"]
