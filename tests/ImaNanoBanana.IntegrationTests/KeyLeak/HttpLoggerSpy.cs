using Microsoft.Extensions.Http.Logging;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>An app's own HTTP logger that keeps whole requests and responses.</summary>
internal sealed class HttpLoggerSpy(Recording recording) : IHttpClientLogger
{
    public object? LogRequestStart(HttpRequestMessage request)
    {
        recording.Add(LeakChannel.Handler, $"{request} {string.Join(' ', request.Options.Select(option => ObjectText.Of(option.Value)))}");
        return null;
    }

    public void LogRequestStop(object? context, HttpRequestMessage request, HttpResponseMessage response, TimeSpan elapsed) =>
        recording.Add(LeakChannel.Handler, $"{request} {response} {response.RequestMessage}");

    public void LogRequestFailed(
        object? context, HttpRequestMessage request, HttpResponseMessage? response, Exception exception, TimeSpan elapsed) =>
        recording.Add(LeakChannel.Handler, $"{request} {response} {exception}");
}
