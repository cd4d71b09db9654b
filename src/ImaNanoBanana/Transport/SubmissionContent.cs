using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The content of the wire handler's own message: it gives out the bytes of a create once. Being asked for them is what
/// tells sent from not sent; being asked again (a retry, a redirect) is refused.
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
                "This create was already sent, or withdrawn before it was sent: it is never sent a second time.");
        }

        await stream.WriteAsync(_submission.Body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _submission.Body.Length;
        return true;
    }
}
