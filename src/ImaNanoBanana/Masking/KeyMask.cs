using System.Net.Http.Headers;

namespace ImaNanoBanana.Masking;

/// <summary>
/// Removes the API key from everything that the wire handler receives. A service or a gateway that quotes a request would otherwise
/// put the key into error texts, logs and the app's handlers.
/// </summary>
internal sealed class KeyMask
{
    /// <summary>No key is shorter, and a shorter text could be part of any word of a response.</summary>
    private const int ShortestKey = 8;

    private readonly string _key;
    private readonly KeySpelling? _spelling;

    public KeyMask(string key)
    {
        _key = key;
        _spelling = key.Length < ShortestKey ? null : new KeySpelling(key);
    }

    /// <returns>The text without the key in any spelling; the same instance if the text does not contain the key.</returns>
    public string In(string text)
    {
        if (text.Length < _key.Length)
        {
            return text;
        }

        // A character that is not ASCII is not part of any spelling.
        var bytes = new byte[text.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = char.IsAscii(text[index]) ? (byte)text[index] : byte.MaxValue;
        }

        return Mask(bytes)
            ? string.Create(text.Length, (text, bytes), static (letters, from) =>
            {
                for (var index = 0; index < letters.Length; index++)
                {
                    letters[index] = from.bytes[index] == '*' ? '*' : from.text[index];
                }
            })
            : text;
    }

    /// <summary>Masks in place, so that the length remains the one that the response announced.</summary>
    public void In(Span<byte> body) => Mask(body);

    /// <summary>
    /// Returns the exception itself, unless one of its texts contains the key. In that case, returns a new exception that says so. A
    /// cancellation remains a cancellation with the same token.
    /// </summary>
    public Exception In(Exception exception)
    {
        if (ExceptionTexts.TryRead(exception) is { } texts && texts.All(text => ReferenceEquals(text, In(text))))
        {
            return exception;
        }

        var message =
            $"The app's primary handler threw a {exception.GetType()}. Its text is not shown because it contains the API key or "
                + "could not be read.";
        return exception switch
        {
            TaskCanceledException cancelled => new TaskCanceledException(message, null, cancelled.CancellationToken),
            OperationCanceledException cancelled => new OperationCanceledException(message, cancelled.CancellationToken),
            HttpRequestException { HttpRequestError: var error, StatusCode: var status } =>
                new HttpRequestException(error, message, statusCode: status),
            _ => new HttpRequestException(message),
        };
    }

    /// <summary>Masks everything but the body.</summary>
    public void In(HttpResponseMessage response)
    {
        response.ReasonPhrase = response.ReasonPhrase is { } reason ? In(reason) : null;
        In(response.Headers);
        In(response.Content.Headers);
    }

    /// <summary>Masks in place.</summary>
    public void In(HttpHeaders headers)
    {
        List<(string Name, string[] Values)>? masked = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                if (!ReferenceEquals(In(value), value))
                {
                    (masked ??= []).Add((name, [.. values.Select(In)]));
                    break;
                }
            }
        }

        foreach (var (name, values) in masked ?? [])
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, values);
        }
    }

    private bool Mask(Span<byte> text)
    {
        if (_spelling is null)
        {
            return false;
        }

        var isMasked = false;
        for (var (start, length) = _spelling.Find(text, 0); length > 0; (start, length) = _spelling.Find(text, start + length))
        {
            text.Slice(start, length).Fill((byte)'*');
            isMasked = true;
        }

        return isMasked;
    }
}
