# SPDX-License-Identifier: EUPL-1.2
# What R packages for multiple systems estimation say of a table, for count_peers.py:
#
#   Rscript count_peers.R points TABLE.csv [slow]      lines "package|what|point|low|high|seconds"
#   Rscript count_peers.R bca TABLE.csv PACKAGE REPLICATES SEED
#   Rscript count_peers.R each PACKAGE FOLDER COUNT    stepwise on FOLDER/1.csv, 2.csv ...
#   Rscript count_peers.R verdicts TABLE.csv           existence and identifiability, three models
#
# PACKAGE is SparseMSE or MultipleSystemsEstimation. A package that is not there is told.

options(warn = -1)
asked <- commandArgs(TRUE)

has <- function(package) suppressMessages(suppressWarnings(requireNamespace(package, quietly = TRUE)))

need <- function(package) {
  if (!has(package)) stop(paste(package, "is not installed (R_LIBS?)"), call. = FALSE)
}

read_table <- function(path) as.matrix(read.csv(path, check.names = FALSE))

say <- function(package, what, point, low = NA, high = NA, began = NULL) {
  force(point)
  seconds <- if (is.null(began)) NA else sum((proc.time() - began)[1:2])
  cat(sprintf("%s|%s|%.4f|%.2f|%.2f|%.2f\n", package, what, point, low, high, seconds))
}

absent <- function(package) cat(sprintf("%s|absent|NA|NA|NA|NA\n", package))

stepwise <- function(package, table) {
  if (package == "SparseMSE") {
    return(as.numeric(SparseMSE::estimatepopulation.0(table, quantiles = NULL)$estimate))
  }
  as.numeric(MultipleSystemsEstimation::estimate_population_stepwise(table)$popest)
}

points_of <- function(table, slow) {
  lists <- ncol(table) - 1
  people <- sum(table[, lists + 1])
  for (package in c("SparseMSE", "MultipleSystemsEstimation")) {
    if (!has(package)) { absent(package); next }
    began <- proc.time()
    say(package, "stepwise", stepwise(package, table), began = began)
  }
  if (has("Rcapture")) {
    began <- proc.time()
    found <- Rcapture::closedp.t(table, dfreq = TRUE)$results
    say("Rcapture", "independence", found["Mt", 1], began = began)
    say("Rcapture", "reference bound", found["Mth Chao (LB)", 1])
    for (order in c(2, lists - 1)) {
      if (order > 2 && (!slow || lists > 5)) next
      began <- proc.time()
      all <- Rcapture::closedpMS.t(table, dfreq = TRUE, maxorder = order)$results
      best <- rownames(all)[which.min(all[, "BIC"])]
      name <- if (order == 2) "bic of pairs" else "bic"
      say("Rcapture", name, all[best, 1], began = began)
      limits <- Rcapture::closedpCI.t(table, dfreq = TRUE, mX = best)$CI
      say("Rcapture", paste(name, "profile"), limits[1, 1], limits[1, 2], limits[1, 3])
    }
  } else absent("Rcapture")
  if (has("dga") && lists >= 3 && lists <= 5) {
    began <- proc.time()
    name <- paste0("graphs", lists)
    room <- new.env()
    utils::data(list = name, package = "dga", envir = room)
    cells <- array(0, rep(2, lists))
    for (r in seq_len(nrow(table))) {
      at <- matrix(table[r, 1:lists] + 1, nrow = 1)
      cells[at] <- cells[at] + table[r, lists + 1]
    }
    hidden <- seq_len(10 * people)
    weights <- dga::bma.cr(cells, hidden, 2^-lists, get(name, envir = room))
    below <- cumsum(colSums(weights))
    below <- below / below[length(below)]
    first <- function(q) people + hidden[which(below >= q)[1]]
    say("dga", "decomposable parity", first(0.5), first(0.025), first(0.975), began)
  } else if (!has("dga")) absent("dga")
  if (has("LCMCR")) {
    frame <- as.data.frame(lapply(seq_len(lists), function(j) factor(table[, j], levels = 0:1)))
    names(frame) <- paste0("L", seq_len(lists))
    frame$Freq <- as.numeric(table[, lists + 1])
    frame <- frame[frame$Freq > 0, ]
    for (seed in 1:4) {
      began <- proc.time()
      sampler <- LCMCR::lcmCR(frame, tabular = TRUE, in_list_label = "1", not_in_list_label = "0",
        K = 10, a_alpha = 0.25, b_alpha = 0.25, buffer_size = 10000, thinning = 10, seed = seed,
        verbose = FALSE)
      draws <- LCMCR::lcmCR_PostSampl(sampler, burnin = 10000, samples = 1000, thinning = 100,
        output = FALSE)
      q <- quantile(draws, c(0.5, 0.025, 0.975))
      say("LCMCR", paste("latent-class, seed", seed), q[1], q[2], q[3], began)
    }
  } else absent("LCMCR")
}

bca_of <- function(table, package, replicates, seed) {
  need(package)
  both <- c(0.025, 0.975)
  began <- proc.time()
  found <- if (package == "SparseMSE") {
    SparseMSE::estimatepopulation(table, nboot = replicates, iseed = seed, alpha = both)
  } else {
    MultipleSystemsEstimation::estimate_population_stepwise(table, nboot = replicates,
      iseed = seed, alpha = both)
  }
  drawn <- as.numeric(unlist(found$bootreps))
  below <- mean(drawn < as.numeric(found$popest), na.rm = TRUE)
  cat(sprintf("z0 %.5f, acceleration %.5f, not finite %d of %d\n", qnorm(below), found$ahat,
    sum(!is.finite(drawn)), replicates))
  say(package, paste("stepwise BCa, seed", seed), as.numeric(found$popest), found$BCaquantiles[1],
    found$BCaquantiles[2], began)
}

if (asked[1] == "points") {
  points_of(read_table(asked[2]), length(asked) > 2 && asked[3] == "slow")
} else if (asked[1] == "bca") {
  bca_of(read_table(asked[2]), asked[3], as.integer(asked[4]), as.integer(asked[5]))
} else if (asked[1] == "verdicts") {
  need("SparseMSE")
  table <- read_table(asked[2])
  pairs <- cbind(c(1, 2), c(1, 3), c(2, 3))
  for (model in list(c(1, 2, 3), 1, c(2, 3))) {
    cat(SparseMSE::checkident(table, pairs[, model]), "")
  }
  cat("\n")
} else if (asked[1] == "each") {
  need(asked[2])
  for (r in seq_len(as.integer(asked[4]))) {
    cat(sprintf("%.6f\n", stepwise(asked[2], read_table(file.path(asked[3], paste0(r, ".csv"))))))
  }
}
