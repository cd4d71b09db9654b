using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// The options of one client. They are read once, except for the key, which is read for each request, so that a rotated key
/// takes effect with the next request. An invalid reload changes nothing: the last valid key stays in use.
/// </summary>
/// <exception cref="OptionsValidationException">The options are invalid from the start.</exception>
internal sealed class ClientSettings
{
    private readonly Func<ImaNanoBananaOptions> _current;
    private readonly ILogger _logger;
    private volatile WireSettings _wire;
    private int _isInvalid;

    /// <param name="current">Reads the current options; throws if they are invalid.</param>
    /// <param name="logger">Receives the log events.</param>
    public ClientSettings(Func<ImaNanoBananaOptions> current, ILogger logger)
    {
        _current = current;
        _logger = logger;
        Options = current().Copy();
        _wire = new WireSettings(Options.ApiKey!, Options.CreateTimeout);
    }

    public ImaNanoBananaOptions Options { get; }

    [SuppressMessage("Design", "CA1031", Justification = "An invalid reload must not end running calls.")]
    public WireSettings Wire()
    {
        try
        {
            var key = _current().ApiKey!.Trim();
            if (key != _wire.ApiKey)
            {
                _wire = new WireSettings(key, Options.CreateTimeout);
            }

            Volatile.Write(ref _isInvalid, 0);
        }
        catch (Exception exception)
        {
            if (Interlocked.Exchange(ref _isInvalid, 1) == 0)
            {
                ImaLog.ReloadInvalid(_logger, AppCallback.Message(exception));
            }
        }

        return _wire;
    }
}
