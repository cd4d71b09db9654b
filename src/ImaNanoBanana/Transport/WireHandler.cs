using System.Diagnostics.CodeAnalysis;
using System.Net;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The lowest handler of the SDK's clients, directly around the primary handler. It sends every create request at most once and adds
/// the API key to a separate message, so that no handler above it can send a create request again, lose its response or see the key.
/// See docs/reliability.md.
/// </summary>
/// <param name="inner">The primary handler.</param>
/// <param name="settings">Gets the key and the time limit for a request.</param>
/// <param name="time">The clock.</param>
internal sealed class WireHandler(
    HttpMessageHandler inner, Func<HttpRequestMessage, WireSettings> settings, TimeProvider time) : DelegatingHandler(inner)
{
    public const string CreatePath = "/open/v1/tasks/create";

    /// <summary>
    /// 2 s: how long the handler still waits for a response after a deadline has passed. After the process was suspended, the timer fires
    /// before a response that has already arrived is read.
    /// </summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(KeylessTransfer.OptionsKey, out _))
        {
            return await AnswerAsync(request, token => TransferAsync(request, token), cancellationToken).ConfigureAwait(false);
        }

        if (request.Options.TryGetValue(UploadTokenForm.OptionsKey, out var form))
        {
            CheckHost(request, ImaHosts.Upload);
            return await AnswerAsync(request, token => ReadTokenAsync(request, form, token), cancellationToken).ConfigureAwait(false);
        }

        CheckHost(request, ImaHosts.Api);
        if (request.Options.TryGetValue(Submission.OptionsKey, out var submission))
        {
            // The send itself does not use this token, so a call that is already cancelled must not begin one.
            cancellationToken.ThrowIfCancellationRequested();
            var own = settings(request);
            if (submission.TryClaim())
            {
                // Not awaited here: the send has its own deadline, whatever happens to the caller.
                _ = TransmitAsync(submission, request, own);
            }

            var record = await submission.Record.WaitAsync(cancellationToken).ConfigureAwait(false);
            return AnswerTo(request, record);
        }

        if (string.Equals(request.RequestUri?.AbsolutePath, CreatePath, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                "A create request without its submission: a handler of the app copied the request without its options. Nothing was sent.");
        }

        return await AnswerAsync(request, token => ReadAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    private static void CheckHost(HttpRequestMessage request, string host)
    {
        if (!ImaHosts.IsOn(request.RequestUri, host))
        {
            throw new InvalidOperationException(
                $"This request is for https://{host} only. A handler of the app changed the URL to {request.RequestUri?.Host}. "
                    + "Nothing was sent.");
        }
    }

    /// <summary>Sends a request that spends no credits: once for each attempt, if the SDK makes the attempts.</summary>
    private static async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request, Func<CancellationToken, Task<WireAnswer>> send, CancellationToken cancellationToken)
    {
        var answering = Attempt.Find(request) is { } attempt
            ? attempt.AnswerAsync(send, cancellationToken)
            : send(cancellationToken);
        return (await answering.ConfigureAwait(false)).ToResponse(request);
    }

    /// <summary>Transfers data to or from a storage host, without the API key.</summary>
    private Task<WireAnswer> TransferAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ForwardAsync(request, OwnMessage(request), request.Content, mask: null, cancellationToken);

    private Task<WireAnswer> ReadTokenAsync(HttpRequestMessage request, UploadTokenForm form, CancellationToken cancellationToken)
    {
        var own = settings(request);
        var content = new OnceContent(form.ToBytes(own.ApiKey, time.GetUtcNow()), "application/x-www-form-urlencoded");
        return ForwardAsync(request, OwnMessage(request), content, own.Mask, cancellationToken);
    }

    private Task<WireAnswer> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var own = settings(request);
        return ForwardAsync(request, own.AddKey(OwnMessage(request)), request.Content, own.Mask, cancellationToken);
    }

    /// <summary>Sends the SDK's own message in place of the request. The response contains any exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The message; disposed here.</param>
    /// <param name="content">The content of the message.</param>
    /// <param name="mask">Set if the message carries the API key: the response is then read completely, and the key is masked in it. If
    /// null, the response is streamed.</param>
    /// <param name="cancellationToken">Cancels the send.</param>
    [SuppressMessage(
        "Design", "CA1031", Justification = "An app's primary handler may throw anything, and every handler that asks gets the exception.")]
    private async Task<WireAnswer> ForwardAsync(
        HttpRequestMessage request, HttpRequestMessage message, HttpContent? content, KeyMask? mask, CancellationToken cancellationToken)
    {
        using var owned = message;
        var address = message.RequestUri;
        message.Content = content;
        try
        {
            var response = await base.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.RequestUri != address)
            {
                response.Dispose();
                throw new HttpRequestException(
                    "The service responded with a redirect, which is never followed. Turn off the redirects of the app's own primary "
                        + "handler.");
            }

            return mask is null
                ? WireAnswer.Streamed(response)
                : await WireAnswer.ReadAsync(response, mask, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return WireAnswer.Failed(mask?.In(exception) ?? exception);
        }
        finally
        {
            if (ReferenceEquals(content, request.Content))
            {
                // The content belongs to the original request.
                message.Content = null;
            }
        }
    }

    /// <summary>Makes the one physical send. Whatever happens, the record is completed.</summary>
    [SuppressMessage(
        "Design", "CA1031", Justification = "An app's primary handler may throw anything, and every failure must be in the record.")]
    private async Task TransmitAsync(Submission submission, HttpRequestMessage request, WireSettings own)
    {
        using var deadline = new Deadline(own.CreateTimeout, time, submission.Withdrawal);
        using var end = new CancellationTokenSource();
        SubmissionRecord record;
        try
        {
            // Copied before the first await, because the request no longer exists when its caller is gone.
            using var message = own.AddKey(OwnMessage(request));
            message.Content = new SubmissionContent(submission);
            message.Version = HttpVersion.Version11;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            record = await InTimeAsync(
                submission, ExchangeAsync(submission, message, own.Mask, end.Token), deadline, end).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            record = Failed(submission, own.Mask.In(exception));
        }

        if (deadline.HasPassed && record.Failure is OperationCanceledException cancelled)
        {
            var text = $"No response to the create request within {own.CreateTimeout.TotalSeconds:0} s.";
            record = record with { Failure = new TimeoutException(text, cancelled) };
        }

        // This closes the gate: a record that says "not sent" stays true, whatever the primary handler still does.
        submission.Complete(record.WasSent || submission.TryWithdraw() ? record : record with { WasSent = true });
        TimedCancellation.Cancel(end);
    }

    /// <summary>Ends in time even if a primary handler ignores its token: the record must not stay open.</summary>
    private async Task<SubmissionRecord> InTimeAsync(
        Submission submission, Task<SubmissionRecord> exchange, Deadline deadline, CancellationTokenSource end)
    {
        try
        {
            return await exchange.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested && !submission.TryWithdraw())
        {
            if (!await IsOverAsync(exchange).ConfigureAwait(false))
            {
                // What was received so far may contain the id of a charged task.
                TimedCancellation.Begin(end);
                if (!await IsOverAsync(exchange).ConfigureAwait(false))
                {
                    throw;
                }
            }

            return await exchange.ConfigureAwait(false);
        }
    }

    private async Task<bool> IsOverAsync(Task exchange)
    {
        await exchange.WaitAsync(GracePeriod, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exchange.IsCompleted;
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "The status alone may decide the outcome: a 400 is a rejection even if its body is cut off.")]
    private async Task<SubmissionRecord> ExchangeAsync(
        Submission submission, HttpRequestMessage message, KeyMask mask, CancellationToken cancellationToken)
    {
        var address = message.RequestUri;
        using var connection = FreshConnection.Like(InnerHandler!);
        using var response = await (connection?.SendAsync(message, cancellationToken) ?? base.SendAsync(message, cancellationToken))
            .ConfigureAwait(false);
        if (message.RequestUri != address)
        {
            // The handler followed a redirect: this response is from another address, and the service's own status is lost.
            return Failed(submission, new HttpRequestException("The app's own primary handler followed a redirect."));
        }

        // What was received before a connection was lost may contain the id of a charged task.
        var body = new BoundedBody(BoundedBody.MaxJsonBytes);
        Exception? failure = null;
        try
        {
            await body.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = mask.In(exception);
        }

        mask.In(body.Bytes.AsSpan());
        return new SubmissionRecord(submission.WasSent, (int)response.StatusCode, body.Bytes, failure)
        {
            ContentType = response.Content.Headers.ContentType is { } type ? mask.In(type.ToString()) : null,
            RetryAfter = Transport.RetryAfter.Header(response) is { } header ? mask.In(header) : null,
        };
    }

    private static SubmissionRecord Failed(Submission submission, Exception failure) => new(submission.WasSent, null, default, failure);

    /// <summary>Returns the recorded response, as often as handlers ask for it.</summary>
    private static HttpResponseMessage AnswerTo(HttpRequestMessage request, SubmissionRecord record)
    {
        if (record.StatusCode is not { } status || record.Failure is not null)
        {
            throw new HttpRequestException(
                "The create request received no complete response and is not sent again. "
                    + (record.Failure is { } failure ? AppCallback.Message(failure) : ""),
                record.Failure);
        }

        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ReadOnlyMemoryContent(record.Body),
            RequestMessage = request,
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", record.ContentType ?? "application/json");
        if (record.RetryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", record.RetryAfter);
        }

        return response;
    }

    /// <summary>A copy of the request without content and without credentials.</summary>
    private static HttpRequestMessage OwnMessage(HttpRequestMessage request)
    {
        var message = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        // A virtual host would be another host, and credentials that were set by others must not be sent.
        message.Headers.Host = null;
        message.Headers.Authorization = null;
        return message;
    }
}
