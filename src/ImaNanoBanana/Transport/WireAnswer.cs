using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Transport;

/// <summary>Represents the response to one send, for every handler that asks for it. Thread-safe.</summary>
internal sealed class WireAnswer
{
    private readonly HttpResponseMessage? _response;
    private readonly ArraySegment<byte>? _body;
    private readonly Exception? _failure;
    private int _isStreamTaken;

    private WireAnswer(HttpResponseMessage? response, ArraySegment<byte>? body, Exception? failure)
    {
        _response = response;
        _body = body;
        _failure = failure;
    }

    public static WireAnswer Failed(Exception failure) => new(null, null, failure);

    /// <summary>Creates a response whose body is not read here. The first caller that asks gets the body.</summary>
    public static WireAnswer Streamed(HttpResponseMessage response) => new(response, null, null);

    /// <summary>Reads a response completely and masks the API key in it.</summary>
    /// <param name="response">The response; its content is disposed here.</param>
    /// <param name="mask">Masks the API key.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The body is longer than a response may be.</exception>
    public static async Task<WireAnswer> ReadAsync(HttpResponseMessage response, KeyMask mask, CancellationToken cancellationToken)
    {
        using (response)
        {
            var body = await BoundedBody.ReadAsync(response.Content, BoundedBody.MaxJsonBytes, cancellationToken).ConfigureAwait(false);
            mask.In(body.AsSpan());
            mask.In(response);
            return new WireAnswer(response, body, null);
        }
    }

    /// <exception cref="HttpRequestException">There is no response, or another handler already received it. Other exceptions of the
    /// primary handler are thrown too.</exception>
    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        var response = _response!;
        if (_body is { } body)
        {
            return Copy(response, request, new AnswerContent(body));
        }

        if (Interlocked.Exchange(ref _isStreamTaken, 1) == 0)
        {
            response.RequestMessage = request;
            return response;
        }

        // The body of a storage host's response to an upload is not read, so a copy without it is sufficient.
        return request.Method != HttpMethod.Get || !response.IsSuccessStatusCode
            ? Copy(response, request, new ByteArrayContent([]))
            : throw new HttpRequestException("This attempt was already sent, and another handler received its response.");
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The handler that asked for the response owns it.")]
    private static HttpResponseMessage Copy(HttpResponseMessage response, HttpRequestMessage request, HttpContent content)
    {
        var copy = new HttpResponseMessage(response.StatusCode)
        {
            Content = content,
            ReasonPhrase = response.ReasonPhrase,
            RequestMessage = request,
            Version = response.Version,
        };
        Copy(response.Headers, copy.Headers);
        Copy(response.Content.Headers, content.Headers);
        return copy;
    }

    private static void Copy(HttpHeaders from, HttpHeaders to)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            // The length must be that of the content of the copy.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                to.TryAddWithoutValidation(name, values);
            }
        }
    }
}
