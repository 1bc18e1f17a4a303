# Built for linux/amd64 and linux/arm64, see docs/container.md; .ci/build-image gives the options for both, an SBOM and provenance.
# The bases are pinned by version, and by digest where that script is given one.

# The compiler runs on the builder's own processor and compiles for the target's.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN case "$TARGETARCH" in amd64) processor=x64 ;; arm64) processor=arm64 ;; *) echo "no image for $TARGETARCH" >&2; exit 1 ;; esac \
    && dotnet publish src/OpenEntropy.Server -c Release -p:PublishFor=linux-musl-$processor -p:UseAppHost=false -p:RestoreLockedMode=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-alpine3.24
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="OpenEntropy" \
      org.opencontainers.image.description="Random bytes grown from the noise of the machine they are served on" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
RUN mkdir -m 0700 /var/lib/openentropy && chown "$APP_UID:$APP_UID" /var/lib/openentropy
COPY --from=build /app /app
# The base image's own port setting would be overridden, with a warning at every start. Diagnostics need a socket in /tmp, which is read-only.
# It listens for others, so that whoever runs it says who may ask, by a key or by OpenEntropy__Security__AllowAnonymous=true: docs/container.md.
# One heap with 4 MiB (in hexadecimal) for what is new: a container is given memory by the megabyte, and .ci/use-image holds it to 150 MB.
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_gcServer=0 \
    DOTNET_GCgen0size=400000 \
    OpenEntropy__Server__Host=0.0.0.0 \
    OpenEntropy__Server__Port=8042 \
    OpenEntropy__Storage__Directory=/var/lib/openentropy
USER $APP_UID
VOLUME /var/lib/openentropy
EXPOSE 8042
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD wget -q -O /dev/null "http://127.0.0.1:$OpenEntropy__Server__Port/health/ready" || exit 1
ENTRYPOINT ["dotnet", "/app/OpenEntropy.Server.dll"]
