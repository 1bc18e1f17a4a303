namespace OpenEntropy.Server.Telemetry;

/// <summary>How a push travels.</summary>
internal enum OtlpProtocol
{
    /// <summary>Protocol buffers in a POST each.</summary>
    HttpProtobuf,

    /// <summary>gRPC.</summary>
    Grpc,
}
