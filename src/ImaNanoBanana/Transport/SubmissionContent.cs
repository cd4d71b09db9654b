using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The content of the wire handler's own message. It provides the bytes of a create request once. If it was asked for them, the create
/// request counts as sent; otherwise it counts as not sent. A second request for the bytes (a retry, a redirect) is rejected.
/// </summary>
internal sealed class SubmissionContent : HttpContent
{
    private readonly Submission _submission;

    public SubmissionContent(Submission submission)
    {
        _submission = submission;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_submission.TryBeginSend())
        {
            throw new InvalidOperationException(
                "This create request was already sent, or it was withdrawn before it was sent. It is never sent a second time.");
        }

        await stream.WriteAsync(_submission.Body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _submission.Body.Length;
        return true;
    }
}
