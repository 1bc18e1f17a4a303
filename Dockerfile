FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/OpenEntropy.Server -c Release -p:RestoreLockedMode=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12
LABEL org.opencontainers.image.title="OpenEntropy" org.opencontainers.image.licenses="MIT"
RUN mkdir -p /var/lib/openentropy && chown "$APP_UID" /var/lib/openentropy
COPY --from=build /app /app
# The base image's own port setting would be overridden, with a warning at every start.
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    OpenEntropy__Server__Host=0.0.0.0 \
    OpenEntropy__Server__Port=8042 \
    OpenEntropy__Storage__Directory=/var/lib/openentropy
USER $APP_UID
VOLUME /var/lib/openentropy
EXPOSE 8042
# The image has neither curl nor wget; bash speaks enough HTTP to read a status line.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$OpenEntropy__Server__Port && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["dotnet", "/app/OpenEntropy.Server.dll"]
