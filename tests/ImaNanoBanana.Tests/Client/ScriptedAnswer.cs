using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Client;

/// <summary>One answer of a <see cref="ScriptedHandler"/>.</summary>
/// <param name="Status">The HTTP status; 0 for a connection that is lost after the request, -1 for one that was never established.</param>
/// <param name="Body">The body, as JSON.</param>
/// <param name="RetryAfter">The header of that name, or null.</param>
internal sealed record ScriptedAnswer(int Status, string Body = "", string? RetryAfter = null)
{
    public static implicit operator ScriptedAnswer((int Status, string Body) answer) => new(answer.Status, answer.Body);
}
