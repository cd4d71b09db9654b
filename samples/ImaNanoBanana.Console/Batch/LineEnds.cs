using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Determines how a line ended from its failure. Pure.</summary>
internal static class LineEnds
{
    public static LineEnd FromFailure(ErrorFacts failure)
    {
        if (failure.ExitCode == ExitCode.OutcomeUnknown)
        {
            return LineEnd.Unknown;
        }

        return failure.ExitCode == ExitCode.Interrupted ? FromInterruption(failure.Charge) : FromKind(failure.Kind);
    }

    private static LineEnd FromInterruption(string? charge) => charge switch
    {
        nameof(ImaChargeStatus.Charged) => LineEnd.InProgress,
        nameof(ImaChargeStatus.NotCharged) => LineEnd.NotSubmitted,
        _ => LineEnd.Unknown,
    };

    /// <summary>Limits, the balance and the key can change without the line.</summary>
    private static LineEnd FromKind(string kind) => kind switch
    {
        nameof(ImaErrorKind.TimedOut) => LineEnd.InProgress,
        nameof(ImaErrorKind.InvalidRequest) or nameof(ImaErrorKind.IdempotencyKeyConflict) or nameof(ImaErrorKind.Rejected)
            or nameof(ImaErrorKind.TaskFailed) or nameof(ImaErrorKind.TaskNotFound) => LineEnd.ToChange,
        _ => LineEnd.ToRunAgain,
    };
}
