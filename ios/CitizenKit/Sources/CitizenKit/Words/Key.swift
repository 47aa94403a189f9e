/// The name of each text that a person reads. Its words stand in `Localizable.strings`, in both languages.
public enum Key: String, CaseIterable, Sendable {
  // general
  case appName, language, dayPattern, timePattern, back, next, previous, done, yes, no, check, refresh, fetch
  case understood, leave, chosen, notChosen, readAloud, offline, noBrowser, noPicker

  // welcome
  case welcomeTitle, welcomeWords, welcomeOffline, welcomeOfflineWords, welcomeSealed, welcomeSealedWords
  case welcomeAgree, textSize, textUsual, textElder

  // sign-in
  case signIn, signInTitle, signInWords, signInId, signInIdWords, signInCode, signInCodeWords, signInPin
  case signInPinWords, signInGo, signInOffline, signInOfflineWords, signInLost, signInLostWords, signedIn
  case signedOut, signedOutWords

  // pin
  case pin, pinChoose, pinChooseWords, pinAgain, pinKnown, pinKnownWords, pinSomeoneElse, pinDiffers
  case pinDiffersWords, erase, unlock, unlockTitle, unlockWords, unlockOther

  // home
  case hello, needsMe, happening, canDo, officeAsks, waitsForYou, cityRefused, lookPlease, notSent, writtenAt
  case inOutbox, services, cases, insurance, cards, outbox, settings, balance, asOf

  // services
  case searchServices, searchHint, showMore, noCatalogue, nothingFound, stillNeeded, onlyTheId, bringThese
  case needsForYou, needsInGeneral, papersToPhotograph, papersDeclared, papersAtCounter, goodToKnow, fee, free
  case promised, byLaw, result, begin, needsNewerApp, needsNewerAppWords

  // form
  case stepOf, toReview, optional, computedLater, fromRegister, fromShort, askAgain, disputed, dispute
  case disputeTitle, disputeHint, withdrawDispute, chooseDay, firstDay, lastDay, theirName, theirId, province
  case cityLevel, county, town, detail, entry, addEntry, removeEntry, formMoved, formMovedWords, nothingToAnswer
  case alreadyFiled

  // papers
  case papers, nothingToDo, photographPlease, declaredInstead, checkedBetween, registerPending, registerDeferred
  case counterHelps, howManyFiles, howToPhotograph, howToPhotographWords, photograph, chooseFile, photoNumber
  case takeOut, agree

  // review
  case review, file, goOnFilling, changeAnswers, complete, completeWords, needAnswer, needFiles, needAgree
  case needCounter, needReply, delivery, deliveryPhone, deliveryCourier, deliveryCounter, throwAway
  case throwAwayWords, answerOffice, answerBy, answerNow, noteToOffice, noteHelp, sendAnswer

  // outbox
  case outboxEmpty, outboxTitle, outboxWords, goingNow, waitsNetwork, waitsCity, waitsSignIn, waitsFiles
  case waitsWifi, waitsPaused, sending, waiting, sendNow, tryAgain, withdraw, withdrawWords

  // cases
  case noCases, receivedPromised, statusReceived, statusAccepted, statusReviewed, statusSettled, statusPaid
  case statusGranted, statusRefused, statusAnswered, eventClimbed, statusUnknown, caseAtOffice, caseSettled
  case casePaid, caseGranted, caseRefused, promisedBy, whatHappened, whyRefused, eventReceived, eventAccepted
  case eventAsked, eventAnswered, eventReviewed, eventSettled, eventPaid, eventGranted, eventRefused, reimbursed
  case paidTo, notPaidYet, lineByLine

  // money
  case billTotal, billEligible, billDeductible, billRatio, billOwn, percent, eachLine, classA, classB, classC
  case noBalance, thisYear, earlierYears, fundPaid, fetchedAt, entries, entryContribution, entryClinic
  case entryPharmacy, entryHospital, entryReimbursement, entryInterest, entryCarriedOver, entryOther

  // cards
  case noCards, cardComing, issuedOn, valid, notValid, birthDate, cardNumber, showCode, newCode, codeWords
  case codeLabel, whyThisCard, parcel, tracking, parcelPrepared, parcelHandedOver, parcelOnTheWay, parcelHeld
  case parcelFailed, parcelReturning, parcelAtCounter, parcelCancelled, parcelDelivered, verifyCard, verifyWords
  case codeText, cardHolds, cardShown, checkedAsOf

  // settings
  case syncedAt, security, lockNow, signOut, signOutWords, eraseAll, eraseAllWords

  // platform
  case notices, somethingNew, somethingNewWords, biometricsTitle, biometricsPin, biometricsUse, biometricsOffer
  case biometricsOfferWords, biometricsStop, biometricsChanged, biometricsChangedWords, biometricsPaused
  case biometricsPausedWords, noticesSending, sendingPapers, appLanguage, languagePhone, languageZh, languageEn
  case lockAtOnce, lifeEvents, allServices, moreEvents, takeAgain, sentPercent, removeEntryWords, somewhereElse

  // welcome
  case welcomePurposes, agreeAndSignIn, newPhone, newPhoneWords, sessionExpired, sessionExpiredWords
  case tryOnceMore

  // pin
  case pinHaveOne, pinNow, pinChange, pinChangeBelow, pinChanged, pinChangedWords, pinForgotten
  case pinForgottenTitle, pinByFinger, pinByFingerWords, pinSetAside, pinSetAsideWords

  // people
  case family, people, peopleBelow, peopleWords, addPerson, addPersonWords, noName, personNow, personNowWords
  case personEarlier, personEarlierWords, personClosed, switchTo, removePerson, removePersonWords

  // mandates
  case mandates, mandatesBelow, mandatesWords, mandatesReceived, mandatesGiven, mandateActs, mandateFrom
  case mandateTo, mandateAsks, mandateUntil, mandateOffered, mandateWaitsForYou, mandateHolds, mandateOver
  case mandateDeclined, mandateRevoked, mandateRead, mandateFile, mandateWho, mandateBy, mandateWhat
  case mandateWhere, mandateLastDay, mandateLastDayWords, mandateEverything, mandateSome, mandateServices
  case mandateOneCase, mandateReceivedWords, mandateGivenWords, mandateAccept, mandateDecline, mandateEnd
  case mandateEndWords, mandateGiveBack, mandateGiveBackWords, mandateGive, mandateGiveWords, mandateGiveTo
  case mandateIncomplete, theirIdWords, forFamily, actFor, actingFor, actForMyself, mandateHoldsNoMore
  case mandateHoldsNoMoreWords, seeWhatIWrote, removeRepresented, removeRepresentedWords

  // devices
  case devices, devicesBelow, devicesWords, deviceThis, deviceSince, deviceEnd, deviceEndTitle, deviceEndWords
  case deviceEnded, deviceEndedWords

  // consents
  case consents, consentsBelow, consentsWords, consentAgree, consentWithdraw, consentWithdrawWords, consentGiven
  case consentWithdrawn, consentNotGiven, nothingIsSent

  // my data
  case myData, export, exportBelow, exportWords, exportNow, exportFile, exported, exportedWords, betweenNames
  case readingAndLanguage, lockWhenIdle

  // who asked
  case registerLog, registerLogWords, logIntact, logIntactWords, logNotFetched, logNotFetchedWords, nobodyAsked
  case readWhat, reading, readWho, readRegister, readItems, readWhether, readWhen, readWhy, readLaw, readForCase
  case readObject, readObjectWords, readObjectNow

  // grievances
  case grievance, grievanceWords, grievanceBegin, grievancesSaid, grievanceAbout, shareCase, shareCaseWords
  case shareCaseYes, shareCaseNo, deskAnswersBy, deskAbove, deskAnswer, putRight, notPutRight, notHelped
}

/// The name of each text that counts something.
public enum Plural: String, CaseIterable, Sendable {
  case digitsEntered, lines, photographed, photosLeft, thingsMissing, workingDays, lockMinutes, servicesNamed
}

extension Key {
  /// The name in the tables.
  public var name: String { snakeCased(rawValue) }
}

extension Plural {
  /// The name in the tables for a number.
  public func name(_ quantity: String) -> String { "\(snakeCased(rawValue)).\(quantity)" }
}

private func snakeCased(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
