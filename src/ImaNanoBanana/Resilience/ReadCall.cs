using System.Diagnostics.CodeAnalysis;
using System.Net;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// A call that spends nothing: its time limits, whether it is safe to repeat, and how an attempt at it is made. It travels in
/// the request's options, where the handlers of an app can see it; so it shows nothing.
/// </summary>
/// <param name="deadline">The limit of all attempts; the time that an attempt waits for the limiter does not count.</param>
/// <param name="limiter">Told of a 429 between two attempts.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadCall(Deadline deadline, RequestLimiter limiter, TimeProvider time)
{
    public const string OptionName = "ImaNanoBanana.ReadCall";

    private static readonly HttpRequestOptionsKey<ReadCall> OptionsKey = new(OptionName);

    /// <summary>
    /// The limit of one attempt, to the last byte of the answer. Null for a call of a single attempt, whose deadline is its
    /// only limit and whose caller has waited for the limiter.
    /// </summary>
    internal TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Repeats attempts that failed.</summary>
    internal ResiliencePipeline<HttpResponseMessage> Repetition { get; init; } = ResiliencePipeline<HttpResponseMessage>.Empty;

    /// <summary>Whether an attempt is sent once, however often the handlers of an app send it; false where they are to repeat.</summary>
    internal bool IsSentOncePerAttempt { get; init; }

    public static ReadCall? Find(HttpRequestMessage request) => request.Options.TryGetValue(OptionsKey, out var call) ? call : null;

    /// <summary>What repeats a request: nothing, unless it is marked as safe to repeat.</summary>
    public static ResiliencePipeline<HttpResponseMessage> GetRepetition(HttpRequestMessage request) =>
        Find(request)?.Repetition ?? ResiliencePipeline<HttpResponseMessage>.Empty;

    /// <exception cref="TimeoutException">The time of the attempt is over.</exception>
    public async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken)
    {
        if (AttemptTimeout is not { } limit)
        {
            return await OnlyAttemptAsync(request, send, cancellationToken).ConfigureAwait(false);
        }

        await deadline.PauseAsync(limiter.WaitAsync(deadline.Token)).ConfigureAwait(false);
        var response = await Deadline.RunAsync(
            limit,
            time,
            attempt => SendAsync(CopyMessage(request), send, attempt.Token),
            $"No answer within {limit.TotalSeconds:0} s.",
            cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            limiter.SlowDown(RetryAfter.FromResponse(response, time.GetUtcNow()));
        }

        return response;
    }

    /// <summary>Ends what it left running, too: a send goes on when a handler of the app gives up on it.</summary>
    private async Task<HttpResponseMessage> OnlyAttemptAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await SendAsync(request, send, attempt.Token).ConfigureAwait(false);
        }
        finally
        {
            TimedCancellation.Cancel(attempt);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken)
    {
        if (IsSentOncePerAttempt)
        {
            Attempt.Begin(message, cancellationToken);
        }

        var response = await send(message, cancellationToken).ConfigureAwait(false);
        if (response.Content is not AnswerContent)
        {
            // A handler of the app answered: its body belongs to the attempt too.
            response.Content = new AnswerContent(await AnswerContent.BytesAsync(response.Content, cancellationToken).ConfigureAwait(false));
        }

        return response;
    }

    /// <summary>
    /// Each attempt has a message of its own: what a handler of an app adds to one is not added to the next, and a resilience
    /// handler of an app follows the token of this attempt and not that of the whole call.
    /// </summary>
    [SuppressMessage(
        "Reliability", "CA2000", Justification = "The content belongs to the request, and a message holds nothing else to dispose.")]
    private static HttpRequestMessage CopyMessage(HttpRequestMessage request)
    {
        var message = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = request.Content,
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        IDictionary<string, object?> options = message.Options;
        foreach (var (name, value) in request.Options)
        {
            options[name] = value;
        }

        message.SetResilienceContext(null);
        return message;
    }
}
