using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests;

/// <summary>Creates clients for tests, with the parts of a client as arguments.</summary>
internal static class TestClients
{
    public static ImaImageClient Create(
        ImaNanoBananaOptions options,
        HttpMessageHandler? primaryHandler = null,
        TimeProvider? timeProvider = null,
        ILogger? logger = null,
        ITaskJournal? journal = null,
        CreditBudget? budget = null,
        IRequestGate? gate = null) => new(options, new ImaImageClientServices
        {
            PrimaryHandler = primaryHandler,
            TimeProvider = timeProvider,
            Logger = logger,
            Journal = journal,
            Budget = budget,
            RequestGate = gate,
        });
}
