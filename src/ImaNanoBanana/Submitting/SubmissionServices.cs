using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Uploads;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Submitting;

/// <summary>Contains the services that all submissions of a client share.</summary>
/// <param name="Planner">Inspects the images and plans.</param>
/// <param name="Uploader">Uploads local images.</param>
/// <param name="Submitter">Sends one create request.</param>
/// <param name="Journal">Records submissions by their idempotency keys.</param>
/// <param name="Gate">Determines when a request may be sent.</param>
/// <param name="Options">The client's options.</param>
/// <param name="Budget">The client's budget; null for none.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Receives the log events.</param>
internal sealed record SubmissionServices(
    PlanningService Planner,
    ImageUploader Uploader,
    TaskSubmitter Submitter,
    SubmissionJournal Journal,
    IRequestGate Gate,
    ImaNanoBananaOptions Options,
    CreditBudget? Budget,
    TimeProvider Time,
    ILogger Logger);
