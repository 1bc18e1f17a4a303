namespace OpenEntropy.Server.Hosting;

/// <summary>The service cannot start. The message is all that the operator needs: a line per problem, each naming its key, file or address.</summary>
/// <param name="message">The lines.</param>
internal sealed class StartFailedException(string message) : Exception(message);
