using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests.Credits;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Submitting;

/// <summary>Reserves the cost of one submission in the budgets that apply to it, until the outcome is known.</summary>
/// <remarks>
/// A ledger that fails before a create request is an error, and nothing is sent. A ledger that fails afterwards is logged, and the
/// credits stay reserved.
/// </remarks>
internal sealed class CreditHold
{
    private readonly SubmissionServices _services;
    private readonly CreditLedgerEntry _entry;
    private readonly IReadOnlyList<CreditBudget> _budgets;
    private readonly List<CreditReservation> _reservations = [];

    private CreditHold(SubmissionServices services, CreditLedgerEntry entry, IReadOnlyList<CreditBudget> budgets) =>
        (_services, _entry, _budgets) = (services, entry, budgets);

    /// <param name="services">The budget of the client, the maximum price of a submission, the clock and the logger.</param>
    /// <param name="plan">The plan to submit.</param>
    /// <param name="claimId">The id of the claim of the idempotency key.</param>
    /// <param name="idempotencyKey">The idempotency key.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ImaException">The submission costs more than is allowed or remains, or a ledger failed; nothing is
    /// reserved.</exception>
    public static async Task<CreditHold> TakeAsync(
        SubmissionServices services, ImagePlan plan, string claimId, string idempotencyKey, CancellationToken cancellationToken)
    {
        CreditBudget?[] budgets = [services.Budget, plan.Request.Budget, plan.Request.BatchBudget];
        var entry = new CreditLedgerEntry(claimId, idempotencyKey, plan.Credits);
        var hold = new CreditHold(services, entry, [.. budgets.OfType<CreditBudget>().Distinct()]);
        hold.CheckMost(plan);
        try
        {
            foreach (var budget in hold._budgets)
            {
                hold._reservations.Add(
                    await hold.AskAsync(budget, token => budget.TryReserveAsync(entry, token), cancellationToken).ConfigureAwait(false)
                        ?? throw await hold.NotLeftAsync(plan, budget, cancellationToken).ConfigureAwait(false));
                if (plan.Credits > 0 && !await hold.IsWithinAsync(budget, cancellationToken).ConfigureAwait(false))
                {
                    // The error says what remains without this submission.
                    await hold.ReleaseAsync().ConfigureAwait(false);
                    throw await hold.NotLeftAsync(plan, budget, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            await hold.ReleaseAsync().ConfigureAwait(false);
            throw;
        }

        return hold;
    }

    /// <summary>Replaces the rejected plan with another plan.</summary>
    /// <returns>The new plan.</returns>
    /// <exception cref="ImaException">The new plan costs more than is allowed or remains, or a ledger failed.</exception>
    public async Task<ImagePlan> ChangeAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        CheckMost(plan);
        for (var index = 0; index < _reservations.Count; index++)
        {
            var (reservation, budget) = (_reservations[index], _budgets[index]);
            var isMore = plan.Credits > reservation.Credits;
            if (!await AskAsync(budget, token => reservation.TryChangeAsync(plan.Credits, token), cancellationToken).ConfigureAwait(false)
                || (isMore && !await IsWithinAsync(budget, cancellationToken).ConfigureAwait(false)))
            {
                throw await NotLeftAsync(plan, budget, cancellationToken).ConfigureAwait(false);
            }
        }

        return plan;
    }

    /// <summary>Commits the reservations: the submission was charged, or may have been.</summary>
    public Task SpendAsync() => SettleAllAsync(static reservation => reservation.CommitAsync());

    /// <summary>
    /// Releases the reservations: the submission was not charged. Does nothing after <see cref="SpendAsync"/>.
    /// </summary>
    public Task ReleaseAsync() => SettleAllAsync(static reservation => reservation.DisposeAsync());

    /// <summary>
    /// Asks a ledger for credits. If the call fails, nothing is submitted, but the ledger may have reserved the credits or may still do
    /// so: they are released when the call has ended.
    /// </summary>
    private async Task<T> AskAsync<T>(
        CreditBudget budget, Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        var asking = Task.CompletedTask;
        try
        {
            return await CallAsync(budget, ask, cancellationToken, begun: call => asking = call).ConfigureAwait(false);
        }
        catch
        {
            _ = ReleaseLateAsync(budget, asking);
            throw;
        }
    }

    private async Task ReleaseLateAsync(CreditBudget budget, Task asking)
    {
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SettleAsync(budget, budget.Reservation(_entry), static reservation => reservation.DisposeAsync()).ConfigureAwait(false);
    }

    /// <summary>Calls a ledger before a create request.</summary>
    private async Task<T> CallAsync<T>(
        CreditBudget budget,
        Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellationToken,
        Action<Task>? begun = null)
    {
        try
        {
            return await Calls(budget).RunAsync(token => call(token).AsTask(), cancellationToken, begun).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            throw SubmissionErrors.LedgerFailed(_entry.IdempotencyKey, exception);
        }
    }

    private async Task SettleAllAsync(Func<CreditReservation, ValueTask> settle)
    {
        for (var index = 0; index < _reservations.Count; index++)
        {
            await SettleAsync(_budgets[index], _reservations[index], settle).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "An app's ledger may throw anything; a charged task is still delivered.")]
    private async Task SettleAsync(CreditBudget budget, CreditReservation reservation, Func<CreditReservation, ValueTask> settle)
    {
        try
        {
            await Calls(budget).RunAsync(_ => settle(reservation), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ImaLog.LedgerFailed(_services.Logger, _entry.IdempotencyKey, AppCallback.Message(exception).TrimEnd('.'));
        }
    }

    private AppCalls Calls(CreditBudget budget) => new(
        mayBlock: budget.Ledger is not (MemoryCreditLedger or FileCreditLedger), AppCalls.LongestOfStore, _services.Time);

    private void CheckMost(ImagePlan plan)
    {
        if (plan.Credits > _services.Options.MaxCredits)
        {
            throw ImagePlanner.TooExpensive(plan, _services.Options.MaxCredits.Value);
        }
    }

    /// <summary>
    /// Checks the limit of a budget whose account another budget of this submission has used before: the ledger then had the reservation
    /// already, and refused nothing.
    /// </summary>
    private async Task<bool> IsWithinAsync(CreditBudget budget, CancellationToken cancellationToken)
    {
        if (!_budgets.TakeWhile(other => other != budget).Any(budget.SharesAccount))
        {
            return true;
        }

        var usage = await CallAsync(budget, budget.GetUsageAsync, cancellationToken).ConfigureAwait(false);
        return usage.Spent + usage.Reserved <= budget.Limit;
    }

    private async Task<ImaException> NotLeftAsync(ImagePlan plan, CreditBudget budget, CancellationToken cancellationToken)
    {
        var usage = await CallAsync(budget, budget.GetUsageAsync, cancellationToken).ConfigureAwait(false);
        TimeSpan? freeAfter = null;
        try
        {
            freeAfter = await CallAsync(
                budget, token => budget.GetFreeAfterAsync(plan.Credits, token), cancellationToken).ConfigureAwait(false);
        }
        catch (ImaException)
        {
            // The ledger has refused the credits. Without the time, that is still the error.
        }

        return SubmissionErrors.BudgetExceeded(plan, budget, usage.Remaining, freeAfter);
    }
}
