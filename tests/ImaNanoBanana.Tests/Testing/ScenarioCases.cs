using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>Each scenario of the simulator and how a request ends in it.</summary>
public static class ScenarioCases
{
    public static TheoryData<ScenarioCase> OfSubmissions() =>
    [
        new ScenarioCase(
            nameof(SimulatorScenario.AcceptThenDrop),
            next => next.AcceptThenDrop(),
            new Failed(ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            ["list", "create"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.TruncatedAnswer),
            next => next.TruncatedAnswer(),
            new Failed(ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask),
            ["list", "create"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.PriceChange),
            next => next.PriceChange(8),
            new Failed(ImaErrorKind.PriceChanged, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, 6006),
            ["list", "create", "list"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.PriceChange),
            next => next.PriceChange(4.5m),
            new Delivered(1, 1, 4.5m),
            ["list", "create", "list", "create", "detail", "image"],
            4.5m),
        new ScenarioCase(
            nameof(SimulatorScenario.RateLimit),
            next => next.RateLimit(TimeSpan.FromHours(114)),
            new Failed(ImaErrorKind.RateLimited, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 429),
            ["list", "create"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.RateLimit),
            next => next.RateLimit(TimeSpan.FromSeconds(5)),
            new Delivered(1, 1, 6),
            ["list", "create", "create", "detail", "image"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.InsufficientCredits),
            next => next.InsufficientCredits(),
            new Failed(ImaErrorKind.InsufficientCredits, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest, 4008),
            ["list", "create"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.NeverEndingTask),
            next => next.NeverEndingTask(),
            new Failed(ImaErrorKind.TimedOut, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask),
            ["list", "create", "detail"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.SuccessWithoutUrl),
            next => next.SuccessWithoutUrl(),
            new Failed(ImaErrorKind.TimedOut, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask),
            ["list", "create", "detail"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.SuccessWithoutUrl),
            next => next.SuccessWithoutUrl(TimeSpan.FromMinutes(5)),
            new Delivered(1, 1, 6),
            ["list", "create", "detail", "image"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.FailedImages),
            next => next.FailedImages(1),
            new Failed(ImaErrorKind.TaskFailed, ImaChargeStatus.Charged, ImaRetryGuidance.SubmitAgainAtNewCost),
            ["list", "create", "detail"],
            6),
        new ScenarioCase(
            nameof(SimulatorScenario.CorruptImage),
            next => next.CorruptImage(),
            new Failed(ImaErrorKind.DownloadFailed, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask),
            ["list", "create", "detail", "image"],
            6),
    ];

    public static TheoryData<ScenarioCase> OfUploads() =>
    [
        new ScenarioCase(
            nameof(SimulatorScenario.ExpiredUploadUrl),
            next => next.ExpiredUploadUrl(),
            new Failed(ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 403),
            ["list", "token", "put"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.ClockSkew),
            next => next.ClockSkew(TimeSpan.FromMinutes(6)),
            new Failed(ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 400),
            ["list", "token"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.ClockSkew),
            next => next.ClockSkew(TimeSpan.FromMinutes(-6)),
            new Failed(ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 400),
            ["list", "token"],
            0),
        new ScenarioCase(
            nameof(SimulatorScenario.ClockSkew),
            next => next.ClockSkew(TimeSpan.FromMinutes(4)),
            new Delivered(1, 1, 6),
            ["list", "token", "put", "create", "detail", "image"],
            6),
    ];
}
