using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// The options of one client: read once, all but the key, which is looked up for each request, so that a rotated one is
/// used from the next request on. A reload that is invalid changes nothing: the last valid key goes on.
/// </summary>
/// <exception cref="OptionsValidationException">The options are invalid from the start.</exception>
internal sealed class ClientSettings
{
    private readonly Func<ImaNanoBananaOptions> _current;
    private readonly ILogger _logger;
    private string _key;
    private int _isInvalid;

    /// <param name="current">Reads the options as they are now; throws what makes them invalid.</param>
    /// <param name="logger">Takes the log events.</param>
    public ClientSettings(Func<ImaNanoBananaOptions> current, ILogger logger)
    {
        _current = current;
        _logger = logger;
        Options = current().Copy();
        _key = Options.ApiKey!;
    }

    public ImaNanoBananaOptions Options { get; }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever makes a reload invalid must not end what is running.")]
    public string Key()
    {
        try
        {
            _key = _current().ApiKey!.Trim();
            Volatile.Write(ref _isInvalid, 0);
        }
        catch (Exception exception)
        {
            if (Interlocked.Exchange(ref _isInvalid, 1) == 0)
            {
                ImaLog.ReloadInvalid(_logger, exception.Message);
            }
        }

        return _key;
    }
}
