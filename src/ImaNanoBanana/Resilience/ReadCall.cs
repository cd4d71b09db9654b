using System.Diagnostics.CodeAnalysis;
using System.Net;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Represents a call that spends no credits: its time limits, whether it is safe to repeat, and how an attempt is made. It travels in
/// the request's options, where the app's handlers can see it. Therefore, it exposes nothing.
/// </summary>
/// <param name="deadline">The limit of all attempts. The time that an attempt waits for the request gate does not count.</param>
/// <param name="gate">Slowed down after a 429 between two attempts.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadCall(Deadline deadline, IRequestGate gate, TimeProvider time)
{
    public const string OptionName = "ImaNanoBanana.ReadCall";

    private static readonly HttpRequestOptionsKey<ReadCall> OptionsKey = new(OptionName);

    /// <summary>
    /// The limit of one attempt, up to the last byte of the response. Null for a call with a single attempt: its deadline is its only
    /// limit, and its caller has already waited for the request gate.
    /// </summary>
    internal TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Repeats failed attempts.</summary>
    internal ResiliencePipeline<HttpResponseMessage> Repetition { get; init; } = ResiliencePipeline<HttpResponseMessage>.Empty;

    /// <summary>Whether an attempt is sent once, however often the app's handlers send it; false if the handlers do the retries.</summary>
    internal bool IsSentOncePerAttempt { get; init; }

    public static ReadCall? Find(HttpRequestMessage request) => request.Options.TryGetValue(OptionsKey, out var call) ? call : null;

    /// <summary>The pipeline that repeats a request; an empty one unless the request is marked as safe to repeat.</summary>
    public static ResiliencePipeline<HttpResponseMessage> GetRepetition(HttpRequestMessage request) =>
        Find(request)?.Repetition ?? ResiliencePipeline<HttpResponseMessage>.Empty;

    /// <exception cref="TimeoutException">The time of the attempt has passed.</exception>
    public async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken)
    {
        if (AttemptTimeout is not { } limit)
        {
            return await OnlyAttemptAsync(request, send, cancellationToken).ConfigureAwait(false);
        }

        await deadline.PauseAsync(gate.WaitAsync(ImaRequestKind.Read, deadline.Token)).ConfigureAwait(false);
        var response = await Deadline.RunAsync(
            limit,
            time,
            attempt => SendAsync(CopyMessage(request), send, attempt.Token),
            static limit => $"No response within {limit.TotalSeconds:0} s.",
            cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            gate.SlowDown(RetryAfter.FromResponse(response, time.GetUtcNow()));
        }

        return response;
    }

    /// <summary>
    /// Makes the only attempt and then ends what it left running: a send continues even after a handler of the app has given up on it.
    /// </summary>
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
            // A handler of the app created the response. Reading its body is part of the attempt too.
            response.Content = new AnswerContent(await AnswerContent.BytesAsync(response.Content, cancellationToken).ConfigureAwait(false));
        }

        return response;
    }

    /// <summary>
    /// Each attempt has a separate message: what a handler of the app adds to one message is not added to the next, and a resilience
    /// handler of the app follows the token of this attempt and not that of the whole call.
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
