using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>nginx with a configuration of its own in a directory of its own: two workers that serve one file, killed when disposed.</summary>
internal sealed class NginxServer : IDisposable
{
    /// <summary>Where the file is served.</summary>
    public const string Path = "/body.json";

    // Where Debian puts it, which is in no ordinary user's PATH.
    private const string DebianProgram = "/usr/sbin/nginx";

    private const UnixFileMode ForItsWorkers =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-nginx-");

    /// <summary>Starts it.</summary>
    /// <param name="body">The file's content.</param>
    /// <exception cref="MeasurementException">nginx is not installed.</exception>
    public NginxServer(byte[] body)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_directory.FullName, ForItsWorkers); // which run as nobody where it is started as root
            }

            File.WriteAllBytes(_directory.FullName + Path, body);
            var port = ChildService.FreePort();
            var configuration = System.IO.Path.Combine(_directory.FullName, "nginx.conf");
            File.WriteAllText(configuration, Configuration(_directory.FullName, port));
            Service = ChildService.StartProgram(
                File.Exists(DebianProgram) ? DebianProgram : "nginx",
                port,
                "-p",
                _directory.FullName,
                "-e",
                "stderr",
                "-c",
                configuration
            );
        }
        catch
        {
            _directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>The process and its workers.</summary>
    public ChildService Service { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Service.Dispose();
        _directory.Delete(recursive: true);
    }

    // As Debian configures it, but for what would not be the same work: it logs no requests, as the service does not, and never closes a connection.
    private static string Configuration(string directory, int port) =>
        $$"""
            daemon off;
            worker_processes 2;
            pid {{directory}}/nginx.pid;
            events { worker_connections 2048; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_timeout 75s;
              keepalive_requests 1000000000;
              default_type application/json;
              client_body_temp_path {{directory}}/body;
              proxy_temp_path {{directory}}/proxy;
              fastcgi_temp_path {{directory}}/fastcgi;
              uwsgi_temp_path {{directory}}/uwsgi;
              scgi_temp_path {{directory}}/scgi;
              server {
                listen 127.0.0.1:{{port}} backlog=2048;
                root {{directory}};
              }
            }
            """;
}
