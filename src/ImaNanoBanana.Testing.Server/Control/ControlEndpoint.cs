using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a control path. The list of all is served at <c>/simulator</c>.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The whole path.</param>
/// <param name="Purpose">What the request does, in one sentence.</param>
/// <param name="AnswerAsync">Answers the request.</param>
internal sealed record ControlEndpoint(string Method, string Path, string Purpose, Func<HttpContext, Task> AnswerAsync);
