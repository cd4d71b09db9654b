using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Options;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// The API key of one tenant. It is read when a request needs it, again after its lifetime, and again after the service rejected it.
/// Requests that need it at the same time share one read. If a read fails, the last valid key stays in use. Thread-safe.
/// </summary>
/// <param name="tenantId">The tenant.</param>
/// <param name="read">Reads the key; null if the app passes keys to <see cref="IImaImageClientFactory.CreateClient"/> only.</param>
/// <param name="createTimeout">The time limit of the tenant's create requests.</param>
/// <param name="options">The lifetime of a key and the time limit of a read.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives the log events.</param>
internal sealed class TenantKey(
    string tenantId,
    Func<CancellationToken, Task<string?>>? read,
    TimeSpan createTimeout,
    ImaImageClientFactoryOptions options,
    TimeProvider time,
    ILogger logger)
{
    private readonly object _gate = new();
    private TimeSpan _createTimeout = createTimeout;
    private WireSettings? _current;
    private Task<WireSettings>? _reading;
    private bool _isRejected;

    /// <summary>The number of the passed key that was used last; 0 for none.</summary>
    private long _passed;

    /// <summary>When the key is read again, by the clock's timestamp; null if the app passed it, and for a rejected one.</summary>
    private TimeSpan? _lifetime;
    private long _readAt;

    /// <summary>Uses a key that the app passed, unless it was used before: the service may have rejected it since then.</summary>
    public void Use(PassedKey.Value passed)
    {
        lock (_gate)
        {
            if (passed.Number > _passed)
            {
                _passed = passed.Number;
                Keep(passed.Text, lifetime: null);
            }
        }
    }

    /// <summary>Changes the time limit of the create requests that follow.</summary>
    public void UseTimeout(TimeSpan limit)
    {
        lock (_gate)
        {
            if (limit != _createTimeout)
            {
                _createTimeout = limit;
                _current = _current is null ? null : new WireSettings(_current.ApiKey, limit);
            }
        }
    }

    /// <summary>A key of the callback is read again with the next request.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _lifetime = _lifetime is null ? null : TimeSpan.Zero;
        }
    }

    /// <summary>The service rejected the key: it is read again with the next request.</summary>
    public void Reject(WireSettings settings)
    {
        lock (_gate)
        {
            _isRejected |= ReferenceEquals(settings, _current);
        }
    }

    /// <returns>The key to send with a request.</returns>
    /// <exception cref="ImaException">There is no key, or it could not be read.</exception>
    public Task<WireSettings> GetAsync(CancellationToken cancellationToken)
    {
        Task<WireSettings> reading;
        lock (_gate)
        {
            if (_current is { } current && (read is null || !IsDue()))
            {
                return Task.FromResult(current);
            }

            if (read is null)
            {
                throw TenantErrors.NoKey(tenantId);
            }

            if (_reading is not { IsCompleted: false })
            {
                _reading = ReadAsync(read);
            }

            reading = _reading;
        }

        return reading.WaitAsync(cancellationToken);
    }

    private bool IsDue() => _isRejected || (_lifetime is { } lifetime && time.GetElapsedTime(_readAt) >= lifetime);

    [SuppressMessage("Design", "CA1031", Justification = "The app's callback may throw anything; without a key, nothing is sent.")]
    private async Task<WireSettings> ReadAsync(Func<CancellationToken, Task<string?>> callback)
    {
        string? text;
        try
        {
            text = await Deadline.RunAsync(
                options.ApiKeyTimeout,
                time,
                deadline => InBackgroundAsync(callback, deadline.Token),
                static limit => $"The callback did not return within {limit.TotalSeconds:0} s.",
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return LastValid(AppCallback.Message(exception)) ?? throw TenantErrors.NotRead(tenantId, exception);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            // The tenant is gone or has no key any more. Its last key must not be used.
            lock (_gate)
            {
                _current = null;
            }

            throw TenantErrors.NoKey(tenantId);
        }

        if (ApiKeyProblem.Find(text, tenantId) is { } problem)
        {
            return LastValid(problem) ?? throw TenantErrors.Malformed(tenantId, problem);
        }

        lock (_gate)
        {
            return Keep(text.Trim(), options.ApiKeyLifetime);
        }
    }

    /// <summary>Outside of the lock, and on a thread of its own: a callback may block.</summary>
    private static Task<string?> InBackgroundAsync(Func<CancellationToken, Task<string?>> callback, CancellationToken cancellationToken) =>
        Task.Run(() => callback(cancellationToken), CancellationToken.None);

    private WireSettings Keep(string apiKey, TimeSpan? lifetime)
    {
        (_isRejected, _lifetime, _readAt) = (false, lifetime, time.GetTimestamp());
        return _current = _current?.ApiKey == apiKey ? _current : new WireSettings(apiKey, _createTimeout);
    }

    private WireSettings? LastValid(string reason)
    {
        WireSettings? current;
        lock (_gate)
        {
            current = _current;
            if (current is not null)
            {
                Keep(current.ApiKey, options.ApiKeyTimeout);
            }
        }

        if (current is not null)
        {
            var text = UntrustedText.Line(reason) ?? "no reason given";
            ImaLog.TenantKeyNotRead(logger, UntrustedText.Line(tenantId)!, current.Mask.In(text));
        }

        return current;
    }
}
