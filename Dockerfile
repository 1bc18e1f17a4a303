FROM mcr.microsoft.com/dotnet/sdk:10.0.100-alpine3.22 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/OpenEntropy.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.0-alpine3.22
LABEL org.opencontainers.image.title="OpenEntropy" org.opencontainers.image.licenses="MIT"
RUN mkdir -p /var/lib/openentropy && chown "$APP_UID" /var/lib/openentropy
COPY --from=build /app /app
ENV OpenEntropy__Server__Host=0.0.0.0 \
    OpenEntropy__Storage__Directory=/var/lib/openentropy \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /var/lib/openentropy
EXPOSE 8042
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD wget -q -O /dev/null http://127.0.0.1:8042/health/ready || exit 1
ENTRYPOINT ["dotnet", "/app/OpenEntropy.Server.dll"]
